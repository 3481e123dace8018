package dev.guardrails4j.server.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpCacheTest {

    @TempDir
    private Path folder;

    @Test
    void makesTheKindThatItsNameSays() {
        assertThat(new StartUpCache(folder.resolve("java-25.aot")).trainingOption("made"))
                .isEqualTo("-XX:AOTCacheOutput=made");
        assertThat(new StartUpCache(folder.resolve("java-17.jsa")).trainingOption("made"))
                .isEqualTo("-XX:ArchiveClassesAtExit=made");
    }

    @Test
    void takesThePlaceOfTheOneBeforeWithItsSize() throws IOException {
        StartUpCache cache = new StartUpCache(folder.resolve("java-25.aot"));
        Files.writeString(cache.file(), "old");
        Files.writeString(folder.resolve("java-25.aot.size"), "3\n");

        cache.replaceBy(Files.writeString(folder.resolve("made"), "newer"));

        assertThat(cache.file()).hasContent("newer");
        assertThat(folder.resolve("java-25.aot.size")).hasContent("5");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("java-25.aot", "java-25.aot.size", "made");
    }

    @Test
    void makesItsFolderAndLeavesNothingThereBeforeThereIsACache() throws IOException {
        StartUpCache cache = new StartUpCache(folder.resolve("new/folder/java-25.aot"));

        cache.requireWritable();

        assertThat(folder.resolve("new/folder")).isEmptyDirectory();
    }

    @Test
    void refusesAFolderThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        StartUpCache cache = new StartUpCache(file.resolve("java-25.aot"));

        assertThatThrownBy(cache::requireWritable).isInstanceOf(FileSystemException.class);
    }
}
