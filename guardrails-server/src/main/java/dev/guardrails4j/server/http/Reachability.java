package dev.guardrails4j.server.http;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something answers. Whoever wants to know waits a second at most, and however often that is, there is one question
 * in two seconds, and never a second one before the first has ended. Safe for use by many threads.
 */
final class Reachability {

    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FRESH_FOR = Duration.ofSeconds(2);

    private final Runnable question;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private FutureTask<Boolean> asked = done();
    private boolean answered = true;
    private long staleAt = System.nanoTime();

    /** @param question fails if there is no answer */
    Reachability(Runnable question, Executor threads) {
        this.question = question;
        this.threads = threads;
    }

    /** Whether it answers, or did so just now. */
    boolean isGiven() {
        lock.lock();
        try {
            if (System.nanoTime() - staleAt >= 0) {
                answered = ask();
                staleAt = System.nanoTime() + FRESH_FOR.toNanos();
            }
            return answered;
        } finally {
            lock.unlock();
        }
    }

    private boolean ask() {
        try {
            if (asked.isDone()) {
                asked = new FutureTask<>(question, true);
                threads.execute(asked);
            }
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            LOG.debug("No answer", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FutureTask<Boolean> done() {
        FutureTask<Boolean> done = new FutureTask<>(() -> true);
        done.run();
        return done;
    }
}
