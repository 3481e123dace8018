package dev.guardrails4j.server.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedThreadsTest extends ThreadStoreContract {

    private static final ThreadKey KEY = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();
    private Optional<EmbeddedDatabase> open = Optional.empty();

    @Override
    ThreadStore open(ThreadLimits limits) {
        closeDatabase();
        EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("data"));
        open = Optional.of(database);
        return new EmbeddedThreads(database, limits, clock);
    }

    @AfterEach
    void closeDatabase() {
        open.ifPresent(EmbeddedDatabase::close);
    }

    @Override
    void advance(Duration time) {
        clock.advance(time);
    }

    @Test
    void findsEverythingAgainAfterARestart() {
        try (ThreadStore store = open(ThreadLimits.DEFAULT)) {
            store.append(KEY, List.of(Message.user("Remember me")));
        }

        try (ThreadStore store = open(ThreadLimits.DEFAULT)) {
            assertThat(store.read(KEY).orElseThrow().messages())
                    .extracting(Message::text)
                    .containsExactly("Remember me");
        }
    }

    @Test
    void saysThatTheDatabaseIsClosed() {
        ThreadStore store = open(ThreadLimits.DEFAULT);
        closeDatabase();

        assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(ThreadStoreException.class);
    }
}
