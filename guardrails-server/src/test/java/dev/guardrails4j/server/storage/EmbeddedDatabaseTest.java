package dev.guardrails4j.server.storage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    private static final int KEYS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void findsAgainWhatWasWritten() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
            database.perform(true, () -> database.texts("texts").put("key", "value"));
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
            assertThat(database.perform(false, () -> database.texts("texts").get("key")))
                    .isEqualTo("value");
        }
    }

    @Test
    void handsOnWhatTheWorkRefuses() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
            assertThatThrownBy(() -> database.perform(true, () -> {
                        throw new StorageRefusal("full") {
                            private static final long serialVersionUID = 1L;
                        };
                    }))
                    .isInstanceOf(StorageRefusal.class)
                    .hasMessage("full");
            assertThatThrownBy(() -> database.perform(true, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageNotContaining("broken");
        }
    }

    @Test
    void givesBackTheRoomOfWhatHasChanged() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, Duration.ZERO)) {
            database.perform(true, () -> write(database, 0, KEYS));
            for (int i = 0; i < KEYS; i += 20) {
                int changed = i;
                database.perform(true, () -> write(database, changed, changed + 1));
            }
            assertThat(percentInUse(database)).isLessThan(35);

            await().atMost(30, SECONDS).until(() -> percentInUse(database) >= 40);

            assertThat(database.perform(
                            false, () -> database.texts("texts").get("key 0").length()))
                    .isEqualTo(100);
        }
    }

    private static int write(EmbeddedDatabase database, int from, int to) {
        for (int i = from; i < to; i++) {
            database.texts("texts").put("key " + i, "v".repeat(100));
        }
        return to;
    }

    private static int percentInUse(EmbeddedDatabase database) {
        return database.perform(
                false, () -> database.texts("texts").getStore().getFileStore().getChunksFillRate());
    }

    @Test
    void saysThatAnotherServerUsesTheFile() {
        try (EmbeddedDatabase first = EmbeddedDatabase.open(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("threads.mv.db is in use by another server")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void saysThatTheFileIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve(EmbeddedDatabase.FILE), "not a database ".repeat(2_000));

        assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("threads.mv.db is damaged");
    }

    @Test
    void saysThatTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedDatabase.open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForItsOwnerOnly() throws IOException {
        Path data = folder.resolve("data");
        EmbeddedDatabase.open(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(EmbeddedDatabase.FILE))))
                .isEqualTo("rw-------");
    }
}
