package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.watch.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigStampTest {

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = root.resolve("support");
        Files.createDirectories(folder.resolve("sub"));
        for (String name : new String[] {"config.yml", "prompts.yml", "sub/more.yaml", "flows.co", ".railsignore"}) {
            Files.writeString(folder.resolve(name), "one");
        }
    }

    @Test
    void staysTheSameWhileNothingChanges() {
        assertThat(stamp()).isEqualTo(stamp());
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yml", "prompts.yml", "sub/more.yaml", "flows.co", ".railsignore"})
    void differsOnceAFileOfTheConfigurationIsWritten(String name) throws IOException {
        Object before = stamp();

        Files.writeString(folder.resolve(name), "longer");

        assertThat(stamp()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yml", "sub/more.yaml", "flows.co", ".railsignore"})
    void differsOnceAFileOfTheConfigurationIsRemoved(String name) throws IOException {
        Object before = stamp();

        Files.delete(folder.resolve(name));

        assertThat(stamp()).isNotEqualTo(before);
    }

    @Test
    void differsOnceAFileIsReplacedByOneOfTheSameSizeAndTime() throws IOException {
        Path config = folder.resolve("config.yml");
        Object before = stamp();

        Path replacement = Files.writeString(root.resolve("config.yml.new"), "two");
        Files.setLastModifiedTime(replacement, Files.getLastModifiedTime(config));
        Files.move(replacement, config, StandardCopyOption.ATOMIC_MOVE);

        assertThat(stamp()).isNotEqualTo(before);
    }

    @Test
    void differsOnceAFileIsWrittenAndItsTimeSetBack() throws IOException {
        Path config = folder.resolve("config.yml");
        FileTime time = Files.getLastModifiedTime(config);
        Object before = stamp();

        Files.writeString(config, "two");
        Files.setLastModifiedTime(config, time);

        assertThat(stamp()).isNotEqualTo(before);
    }

    /** As Kubernetes mounts a config map: {@code config.yml -> ..data/config.yml}, {@code ..data -> ..2024}. */
    @Test
    void differsOnceALinkOnTheWayLeadsElsewhere() throws IOException {
        Files.delete(folder.resolve("config.yml"));
        for (String version : new String[] {"..2024", "..2025"}) {
            Files.createDirectory(folder.resolve(version));
            Files.writeString(folder.resolve(version).resolve("config.yml"), "two");
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2024"));
        Files.createSymbolicLink(folder.resolve("config.yml"), Path.of("..data", "config.yml"));
        Object before = stamp();

        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2025"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(stamp()).isNotEqualTo(before);
    }

    @Test
    void differsOnceThePatternsBesideTheFolderAreWritten() throws IOException {
        Object before = stamp();

        Files.writeString(root.resolve(".railsignore"), "*.co");

        assertThat(stamp()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {".config.yml.swp", ".git/HEAD", ".hidden.yml"})
    void staysTheSameWhateverEditorsHide(String name) throws IOException {
        Object before = stamp();

        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "one");

        assertThat(stamp()).isEqualTo(before);
    }

    @Test
    void staysTheSameWhileALogInTheFolderGrows() throws IOException {
        Files.writeString(folder.resolve("rails.log"), "one line");
        Object before = stamp();

        Files.writeString(folder.resolve("rails.log"), "one line and another");

        assertThat(stamp()).isEqualTo(before);
    }

    @Test
    void endsWhereLinksLeadInACircleOrToNothing() throws IOException {
        Files.createSymbolicLink(folder.resolve("sub/up"), folder);
        Files.createSymbolicLink(folder.resolve("gone.yml"), Path.of("nowhere.yml"));
        Object before = stamp();

        assertThat(stamp()).isEqualTo(before);
        assertThat(before.toString()).contains("gone.yml=" + FileStamp.NONE);
    }

    @Test
    void isAStampAlsoWhenTheFolderIsGone() {
        assertThat(ConfigStamp.of(root.resolve("nowhere"))).isNotEqualTo(stamp());
    }

    private Object stamp() {
        return ConfigStamp.of(folder);
    }
}
