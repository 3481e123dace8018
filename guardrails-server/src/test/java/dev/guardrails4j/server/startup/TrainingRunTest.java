package dev.guardrails4j.server.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

    @TempDir
    private Path folder;

    @Test
    void leavesWhatTheSecondCompilerWouldLearnOutOfTheCache() throws IOException {
        Path launcher = launcher("echo \"given: $GUARDRAILS_JAVA_OPTS\"");
        Path cache = folder.resolve("one.aot");

        assertThatThrownBy(() -> new TrainingRun(launcher, folder, folder, "-Dx=y").make(new StartUpCache(cache)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the server did not start")
                .hasMessageContaining("given: -Dx=y -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput=made");
        assertThat(cache).doesNotExist();
    }

    private Path launcher(String command) throws IOException {
        Path launcher = Files.createFile(
                folder.resolve("guardrails"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(launcher, "#!/bin/sh\n" + command + "\n");
    }
}
