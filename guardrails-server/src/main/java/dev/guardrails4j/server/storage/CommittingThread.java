package dev.guardrails4j.server.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the file. Work that is waiting is done together and committed once, so that many writers
 * share one write to the disk; nobody is told that it is done before it is committed. And a request that is interrupted,
 * which would close a file it is reading, never reads one.
 */
public final class CommittingThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommittingThread.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final BlockingQueue<Work<?>> waiting = new LinkedBlockingQueue<>();
    private final Runnable commit;
    private final Supplier<Duration> upkeep;
    private final Duration untilUpkeep;
    private final Thread thread;
    private volatile boolean isClosing;

    /**
     * Starts it.
     *
     * @param commit makes durable what work has changed
     * @param upkeep work to be done now and then, and committed; returns how long it is until it is to be done again
     * @param untilUpkeep how long it is until then at first, and after it has failed
     */
    public CommittingThread(String name, Runnable commit, Supplier<Duration> upkeep, Duration untilUpkeep) {
        this.commit = commit;
        this.upkeep = upkeep;
        this.untilUpkeep = untilUpkeep;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does some work, commits if the work is to be, and returns what it made.
     *
     * @throws StorageException if it cannot be known whether it was done
     * @throws StorageRefusal if the work threw it
     */
    public <T> T perform(boolean isToBeCommitted, Supplier<T> work) {
        Work<T> mine = new Work<>(isToBeCommitted, work, new CompletableFuture<>());
        waiting.add(mine);
        if (isClosing) {
            failAll();
        }
        try {
            return mine.done().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("the request was stopped while something was stored for it", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageRefusal refusal) {
                throw refusal;
            }
            throw new StorageException("the file cannot be used", e);
        }
    }

    private void run() {
        long upkeepNanos = System.nanoTime() + untilUpkeep.toNanos();
        List<Work<?>> batch = new ArrayList<>();
        while (!isClosing || !waiting.isEmpty()) {
            try {
                Work<?> first = waiting.poll(upkeepNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_AT_ONCE - 1);
                    finish(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to; if somebody does, others still wait.
                LOG.debug("Interrupted, and going on", e);
            }
            if (System.nanoTime() - upkeepNanos >= 0) {
                Duration untilNext = keepUp();
                upkeepNanos = System.nanoTime() + untilNext.toNanos();
            }
        }
        failAll();
    }

    private void finish(List<Work<?>> batch) {
        List<Runnable> answers = new ArrayList<>();
        batch.forEach(work -> answers.add(work.attempt()));
        if (batch.stream().anyMatch(Work::isToBeCommitted)) {
            try {
                commit.run();
            } catch (RuntimeException | Error e) {
                batch.forEach(work -> work.done().completeExceptionally(e));
                return;
            }
        }
        answers.forEach(Runnable::run);
    }

    private Duration keepUp() {
        try {
            Duration untilNext = upkeep.get();
            commit.run();
            return untilNext;
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: what is done now and then has failed: {}", thread.getName(), e.getMessage());
            return untilUpkeep;
        }
    }

    private void failAll() {
        for (Work<?> work = waiting.poll(); work != null; work = waiting.poll()) {
            work.done().completeExceptionally(new IllegalStateException("the server is stopping"));
        }
    }

    /** Does what is waiting, and ends. */
    @Override
    public void close() {
        isClosing = true;
        waiting.add(new Work<>(false, () -> true, new CompletableFuture<>()));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something to do. */
    private record Work<T>(boolean isToBeCommitted, Supplier<T> task, CompletableFuture<T> done) {

        /** Does it, and returns how to tell. */
        Runnable attempt() {
            try {
                T made = task.get();
                return () -> done.complete(made);
            } catch (RuntimeException | Error e) {
                // Without this thread, everybody would wait for ever.
                return () -> done.completeExceptionally(e);
            }
        }
    }
}
