package dev.guardrails4j.server.batch;

import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.TextLines;
import dev.guardrails4j.server.wire.TextLines.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the lines of a stream, several at a time, and answers each with a line of JSON, in their order and as soon as it can
 * be. No more lines are held than are being checked or wait for an earlier one. For one thread.
 */
public final class BatchCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCheck.class);

    private static final int LONGEST_LINE_BYTES = 4 << 20;
    private static final int READ_BYTES = 1 << 16;

    private static final int LINES_UNFLUSHED = 1_000;

    /** How many lines are held for each that is checked: enough that one slow line does not stop the others at once. */
    private static final int AHEAD = 4;

    private final Guardrails guardrails;
    private final CheckLineReader lines;
    private final int parallel;

    /** @param parallel how many lines are checked at a time, at least 1 */
    public BatchCheck(Guardrails guardrails, CheckLineReader lines, int parallel) {
        this.guardrails = guardrails;
        this.lines = lines;
        this.parallel = parallel;
    }

    /**
     * Checks what a stream holds, to its end.
     *
     * @param in not closed
     * @param out where the answers are written
     * @param progress told after each line how many there are
     * @throws IOException if the stream cannot be read or the answers cannot be written
     */
    public BatchCount run(InputStream in, PrintWriter out, Consumer<BatchCount> progress)
            throws IOException, InterruptedException {
        BlockingQueue<Optional<Future<CheckedLine>>> inOrder = new ArrayBlockingQueue<>(parallel * AHEAD);
        ExecutorService checkers = Executors.newFixedThreadPool(parallel, work -> daemon(work, "guardrails-check"));
        // Reading has a thread of its own: whoever waits for an answer before the next line gets it.
        Thread reader = daemon(() -> read(in, checkers, inOrder), "guardrails-reader");
        reader.start();
        try {
            BatchCount count = BatchCount.NONE;
            for (Optional<Future<CheckedLine>> next = inOrder.take(); next.isPresent(); next = inOrder.take()) {
                CheckedLine checked = await(next.get());
                count = count.plus(checked);
                out.write(new String(Json.writeWithoutNulls(checked), StandardCharsets.UTF_8));
                out.write('\n');
                if (inOrder.isEmpty() || count.lines() % LINES_UNFLUSHED == 0) {
                    flush(out);
                }
                progress.accept(count);
            }
            flush(out);
            return count;
        } finally {
            reader.interrupt();
            checkers.shutdownNow();
        }
    }

    private void read(InputStream in, ExecutorService checkers, BlockingQueue<Optional<Future<CheckedLine>>> inOrder) {
        TextLines source = new TextLines(new BufferedInputStream(in, READ_BYTES), LONGEST_LINE_BYTES);
        try {
            try {
                for (Optional<Line> line = source.next(); line.isPresent(); line = source.next()) {
                    Line read = line.get();
                    inOrder.put(Optional.of(checkers.submit(() -> check(read))));
                }
            } catch (IOException e) {
                inOrder.put(Optional.of(CompletableFuture.failedFuture(e)));
            }
            inOrder.put(Optional.empty());
        } catch (InterruptedException | RejectedExecutionException ended) {
            LOG.debug("Nobody takes answers any more", ended);
        }
    }

    /** A line that cannot be checked is told, and does not keep the others from it. */
    private CheckedLine check(Line line) {
        try {
            CheckLineReader.Content content = lines.read(line);
            try {
                CheckResult result = guardrails.check(content.messages());
                return CheckedLine.of(line.number(), content.id(), result);
            } catch (RuntimeException failure) {
                LOG.debug("Line {} could not be checked", line.number(), failure);
                return CheckedLine.failed(line.number(), content.id(), String.valueOf(failure.getMessage()));
            }
        } catch (BadLineException e) {
            return CheckedLine.failed(line.number(), e.id(), "line %d %s".formatted(line.number(), e.getMessage()));
        }
    }

    private static CheckedLine await(Future<CheckedLine> checked) throws IOException, InterruptedException {
        try {
            return checked.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void flush(PrintWriter out) throws IOException {
        if (out.checkError()) {
            throw new IOException("the answers cannot be written: whoever reads them has gone");
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
