package dev.guardrails4j.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryThreadsTest extends ThreadStoreContract {

    private final MovableClock clock = new MovableClock();

    @Override
    ThreadStore open(ThreadLimits limits) {
        return new MemoryThreads(limits, clock, 1 << 20);
    }

    @Override
    void advance(Duration time) {
        clock.advance(time);
    }

    @Test
    void neverTakesMoreMemoryThanItMay() {
        try (ThreadStore store = open(ThreadLimits.DEFAULT)) {
            for (int i = 0; i < 3_000; i++) {
                store.append(
                        new ThreadKey(ThreadKey.EVERYBODY, "thread-%010d".formatted(i)),
                        List.of(Message.user("x".repeat(1_000))));
            }

            assertThat(store.list(ThreadKey.EVERYBODY, "", 3_000).threads()).hasSizeBetween(100, 1_000);
        }
    }
}
