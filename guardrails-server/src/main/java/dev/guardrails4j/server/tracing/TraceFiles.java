package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.ThreadKind;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that spans are written to, by one thread, which requests do not wait for: what cannot be written is left out,
 * counted, and told of once in the log. Safe for use by many threads.
 */
final class TraceFiles implements AutoCloseable {

    /** How long a file becomes before the next is begun. */
    static final long MOST_BYTES_OF_A_FILE = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(TraceFiles.class);
    private static final long MOST_BYTES_WAITING = 16L << 20;
    private static final int MOST_LINES_WAITING = 10_000;
    private static final long SECONDS_TO_END = 5;

    private final long mostBytes;
    private final ExecutorService writer;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** How many lines are not in a file since it could not be written. Of the writer's thread alone. */
    private final Map<Path, Long> missing = new HashMap<>();

    /** @param mostBytes how long a file becomes before the next is begun */
    TraceFiles(long mostBytes) {
        this.mostBytes = mostBytes;
        this.writer = ThreadKind.PLATFORM.executor("guardrails-traces", 1, MOST_LINES_WAITING);
    }

    /** Has a line written to each of the files, soon. */
    void write(Set<Path> files, byte[] line) {
        files.forEach(file -> {
            if (!isTaken(file, line)) {
                waitingBytes.addAndGet(-line.length);
                dropped.incrementAndGet();
            }
        });
    }

    private boolean isTaken(Path file, byte[] line) {
        if (waitingBytes.addAndGet(line.length) > MOST_BYTES_WAITING) {
            return false;
        }
        try {
            writer.execute(() -> append(file, line));
            return true;
        } catch (RejectedExecutionException fullOrClosed) {
            return false;
        }
    }

    private void append(Path path, byte[] line) {
        waitingBytes.addAndGet(-line.length);
        try {
            new TraceFile(path, mostBytes).append(line);
            Long lost = missing.remove(path);
            if (lost != null) {
                LOG.warn("Spans are written to {} again; those of {} requests are missing in it", path, lost);
            }
        } catch (IOException | OverlappingFileLockException e) {
            dropped.incrementAndGet();
            if (missing.merge(path, 1L, Long::sum) == 1) {
                LOG.warn(
                        "Spans cannot be written to {} and will be missing in it; requests are served all the same: {}",
                        path,
                        e.toString());
            }
        }
    }

    /** How many lines were left out. */
    long dropped() {
        return dropped.get();
    }

    /** Writes what waits, unless that takes too long. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("Spans of the last requests were not written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
