package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Says how far a long work is: over and over in one line of a terminal, now and then in a log. Safe for use by many threads;
 * guarded by its own monitor.
 */
final class ProgressLine {

    private static final Duration IN_A_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_A_LOG = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean isTerminal;
    private final long startNanos = System.nanoTime();
    private long saidNanos = startNanos;

    ProgressLine(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** Says it, unless that was done just now. */
    synchronized void say(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - saidNanos < (isTerminal ? IN_A_TERMINAL : IN_A_LOG).toNanos()) {
            return;
        }
        saidNanos = now;
        if (isTerminal) {
            err.print("\r" + text.get() + "   ");
            err.flush();
        } else {
            err.println(text.get());
        }
    }

    /** How many of something are done in a second, of so many until now. */
    long perSecond(long done) {
        return Math.round(done * 1e9 / Math.max(1, System.nanoTime() - startNanos));
    }

    /** How long the work has taken until now. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Takes the line away again. */
    synchronized void end() {
        if (isTerminal && saidNanos != startNanos) {
            err.print("\r" + " ".repeat(60) + "\r");
            err.flush();
        }
    }
}
