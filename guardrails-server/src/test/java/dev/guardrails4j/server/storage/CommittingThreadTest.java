package dev.guardrails4j.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What works for everybody must outlive what one of them asks for. */
@Timeout(30)
class CommittingThreadTest {

    private static final Duration NEVER = Duration.ofMinutes(1);

    private final AtomicBoolean isGreedy = new AtomicBoolean();

    @Test
    void goesOnAfterWorkForWhichThereIsNoMemory() {
        try (CommittingThread thread = new CommittingThread("test", () -> {}, () -> NEVER, NEVER)) {
            assertThatThrownBy(() -> thread.perform(false, CommittingThreadTest::tooMuch))
                    .isInstanceOf(StorageException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);

            assertThat(thread.perform(true, () -> "done")).isEqualTo("done");
        }
    }

    @Test
    void goesOnAfterACommitForWhichThereIsNoMemory() {
        isGreedy.set(true);
        try (CommittingThread thread = new CommittingThread("test", this::commit, () -> NEVER, NEVER)) {
            assertThatThrownBy(() -> thread.perform(true, () -> "not kept")).isInstanceOf(StorageException.class);
            isGreedy.set(false);

            assertThat(thread.perform(true, () -> "done")).isEqualTo("done");
        }
    }

    private void commit() {
        if (isGreedy.get()) {
            tooMuch();
        }
    }

    /** More than any heap of a test has. */
    private static int tooMuch() {
        return new long[Integer.MAX_VALUE].length;
    }
}
