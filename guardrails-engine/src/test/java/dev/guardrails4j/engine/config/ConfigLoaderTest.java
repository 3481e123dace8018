package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    @TempDir
    Path folder;

    private LoadedConfig load(Path path) {
        return Reading.loader().load(path);
    }

    private List<String> problems(Path path) {
        return load(path).problems().stream()
                .map(problem -> problem.toString().replace(folder.toString(), "ROOT"))
                .toList();
    }

    @Test
    void findsTheFilesInAConfigFolderBelow() {
        Reading.write(folder, "support/config/config.yml", "passthrough: true");

        assertThat(load(folder.resolve("support")).config().passthrough()).isTrue();
        assertThat(load(folder.resolve("support")).config().id()).isEqualTo("support");
    }

    @Test
    void namesFilesAsTheUserWouldTypeThem() throws IOException {
        Path relative = Files.createTempDirectory(Path.of("target"), "configs");
        Reading.write(relative, "support/config.yml", "a: 1\n");

        assertThat(load(relative.resolve("support")).problems())
                .extracting(Problem::location)
                .extracting(Location::toString)
                .containsExactly(relative + "/support/config.yml:1");
    }

    @Test
    void readsASingleFile() {
        Path file = Reading.write(folder, "support.yml", "passthrough: true");
        Reading.write(folder, "other.yml", "broken: [");

        assertThat(load(file).problems()).isEmpty();
        assertThat(load(file).config().id()).isEqualTo("support");
        assertThat(load(file).config().passthrough()).isTrue();
    }

    @Test
    void saysWhatIsNoConfiguration() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Path text = Reading.write(folder, "a.txt", "");

        assertThat(problems(folder.resolve("empty")))
                .containsExactly(
                        "ROOT/empty: no configuration: the folder has no .yml or .yaml file; write a config.yml");
        assertThat(problems(folder.resolve("missing"))).containsExactly("ROOT/missing: no such folder or file");
        assertThat(problems(text))
                .containsExactly("ROOT/a.txt: not a configuration: give a folder, or a .yml or .yaml file");
    }

    @Test
    void refusesHugeFilesUnread() throws IOException {
        Path sparse = folder.resolve("config.yml");
        try (var channel = Files.newByteChannel(sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(2L << 30).write(ByteBuffer.wrap(new byte[] {1}));
        }

        assertThat(problems(folder))
                .containsExactly("ROOT/config.yml: longer than 262144 characters; split it into several files");
    }

    @Test
    void refusesFilesThatAreNoText() throws IOException {
        Files.write(folder.resolve("config.yml"), new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});

        assertThat(problems(folder)).containsExactly("ROOT/config.yml: not a text in UTF-8");
    }

    @Test
    void namesFilesThatCannotBeRead() throws IOException {
        Path file = Reading.write(folder, "config.yml", "a: 1");
        assumeThat(file.toFile().setReadable(false) && !Files.isReadable(file))
                .as("a user who is not root")
                .isTrue();

        assertThat(problems(folder)).containsExactly("ROOT/config.yml: cannot be read: access denied");
    }

    @Test
    void readsTheOtherFilesWhenOneIsBroken() {
        Reading.write(folder, "a.yml", "a: [");
        Reading.write(folder, "b.yml", "modles: []");

        assertThat(problems(folder))
                .containsExactly(
                        "ROOT/a.yml:1: not valid YAML: expected the node content, but found '<stream end>'",
                        "ROOT/b.yml:1: unknown key 'modles'; did you mean 'models'?");
    }

    @Test
    void doesNotReplaceVariablesInPromptFiles() {
        Reading.write(folder, "prompts.yml", "prompts:\n- task: a\n  content: ${UNSET} ${HOST}\n");

        assertThat(load(folder).problems()).isEmpty();
        assertThat(load(folder).config().prompts().get(0).messages().get(0).template())
                .isEqualTo("${UNSET} ${HOST}");
    }

    @Test
    void knowsNoVariableInAnEnvironmentThatHasNone() {
        ConfigLoader untrusting = new ConfigLoader(name -> Optional.empty());

        assertThat(untrusting.parse("inline", "prompting_mode: ${HOST}").problems())
                .extracting(Problem::toString)
                .containsExactly("inline:1: environment variable 'HOST' is not set; prompting_mode needs it");
    }

    @Test
    void parsesATextUnderItsId() {
        LoadedConfig loaded = Reading.loader().parse("inline", "a: 1");

        assertThat(loaded.config().id()).isEqualTo("inline");
        assertThat(loaded.problems()).extracting(Problem::toString).containsExactly("inline:1: unknown key 'a'");
        assertThat(Reading.loader()
                        .parse("inline", new String(new byte[300_000], StandardCharsets.US_ASCII))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("inline: longer than 262144 characters; split it into several files");
    }
}
