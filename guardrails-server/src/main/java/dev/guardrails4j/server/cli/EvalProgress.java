package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.Numbers;
import dev.guardrails4j.server.evaluation.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Says how far an evaluation is: over and over in one line of a terminal, now and then in a log. Safe for use by many
 * threads; guarded by its own monitor.
 */
final class EvalProgress implements Progress {

    private static final Duration IN_A_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_A_LOG = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean isTerminal;
    private final long startNanos = System.nanoTime();
    private long saidNanos = startNanos;

    EvalProgress(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public synchronized void done(long texts, long bytes, long totalBytes) {
        long now = System.nanoTime();
        if (now - saidNanos < (isTerminal ? IN_A_TERMINAL : IN_A_LOG).toNanos()) {
            return;
        }
        saidNanos = now;
        double perSecond = texts * 1e9 / (now - startNanos);
        String said = "%s texts, %d %%, %s a second"
                .formatted(
                        Numbers.count(texts),
                        totalBytes == 0 ? 100 : 100 * bytes / totalBytes,
                        Numbers.count(Math.round(perSecond)));
        if (isTerminal) {
            err.print("\r" + said + "   ");
            err.flush();
        } else {
            err.println(said);
        }
    }

    /** Takes the line away again. */
    synchronized void end() {
        if (isTerminal && saidNanos != startNanos) {
            err.print("\r" + " ".repeat(60) + "\r");
            err.flush();
        }
    }
}
