package dev.guardrails4j.server.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedThreadsTest extends ThreadStoreContract {

    private static final ThreadKey KEY = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();

    @Override
    ThreadStore open(ThreadLimits limits) {
        return open(folder.resolve("data"), limits);
    }

    private ThreadStore open(Path data, ThreadLimits limits) {
        return EmbeddedThreads.open(data, limits, clock);
    }

    @Override
    void advance(Duration time) {
        clock.advance(time);
    }

    @Test
    void findsEverythingAgainAfterARestart() {
        Path data = folder.resolve("other");
        try (ThreadStore store = open(data, ThreadLimits.DEFAULT)) {
            store.append(KEY, List.of(Message.user("Remember me")));
        }

        try (ThreadStore store = open(data, ThreadLimits.DEFAULT)) {
            assertThat(store.read(KEY).orElseThrow().messages())
                    .extracting(Message::text)
                    .containsExactly("Remember me");
        }
    }

    @Test
    void saysThatAnotherServerUsesTheFile() {
        assertThatThrownBy(() -> open(ThreadLimits.DEFAULT))
                .isInstanceOf(ThreadStoreException.class)
                .hasMessageContaining("threads.mv.db is in use by another server")
                .hasMessageContaining("--data");
    }

    @Test
    void saysThatTheFileIsNoneOfThreads() throws IOException {
        Path data = Files.createDirectory(folder.resolve("damaged"));
        Files.writeString(data.resolve(EmbeddedThreads.FILE), "not a database ".repeat(2_000));

        assertThatThrownBy(() -> open(data, ThreadLimits.DEFAULT))
                .isInstanceOf(ThreadStoreException.class)
                .hasMessageContaining("threads.mv.db is damaged");
    }

    @Test
    void saysThatTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> open(file, ThreadLimits.DEFAULT))
                .isInstanceOf(ThreadStoreException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForItsOwnerOnly() throws IOException {
        Path data = folder.resolve("data");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(EmbeddedThreads.FILE))))
                .isEqualTo("rw-------");
    }
}
