package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.engine.ThreadKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningDeadlineTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final EngineThreads threads = new EngineThreads(ThreadKind.PLATFORM);

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void abortsWhatIsRegisteredWhenItsTimeHasPassed() throws InterruptedException {
        CountDownLatch aborted = new CountDownLatch(1);

        RunningDeadline deadline = RunningDeadline.in(Duration.ofMillis(20), threads.clock());
        deadline.onEnd(aborted::countDown);

        assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(deadline.hasEnded()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void abortsAtOnceWhatIsRegisteredTooLate() {
        AtomicInteger aborts = new AtomicInteger();
        RunningDeadline deadline = RunningDeadline.in(LONG, threads.clock());

        deadline.cancel();
        deadline.onEnd(aborts::incrementAndGet);

        assertThat(aborts).hasValue(1);
    }

    @Test
    void doesNotAbortWhatIsDone() {
        AtomicInteger aborts = new AtomicInteger();
        RunningDeadline deadline = RunningDeadline.in(LONG, threads.clock());

        Deadline.Registration registration = deadline.onEnd(aborts::incrementAndGet);
        registration.close();
        deadline.cancel();

        assertThat(aborts).hasValue(0);
    }

    @Test
    void endsWithItsParentAndNeverLater() {
        AtomicInteger aborts = new AtomicInteger();
        RunningDeadline parent = RunningDeadline.in(Duration.ofMinutes(1), threads.clock());
        RunningDeadline child = parent.within(LONG);
        child.onEnd(aborts::incrementAndGet);

        assertThat(child.remaining()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        parent.cancel();

        assertThat(aborts).hasValue(1);
        assertThat(child.hasEnded()).isTrue();
    }

    @Test
    void leavesItsParentAloneWhenCancelled() {
        RunningDeadline parent = RunningDeadline.in(LONG, threads.clock());

        parent.within(LONG).cancel();

        assertThat(parent.hasEnded()).isFalse();
    }

    @Test
    void leavesNothingOnTheClockWhenClosed() {
        ScheduledThreadPoolExecutor clock = (ScheduledThreadPoolExecutor) threads.clock();
        RunningDeadline deadline = RunningDeadline.in(LONG, clock);
        deadline.within(LONG).close();
        deadline.onEnd(() -> {});

        deadline.close();

        // But the clock's own beat.
        assertThat(clock.getQueue()).allMatch(task -> ((RunnableScheduledFuture<?>) task).isPeriodic());
    }
}
