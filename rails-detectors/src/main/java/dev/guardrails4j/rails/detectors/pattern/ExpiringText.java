package dev.guardrails4j.rails.detectors.pattern;

import java.time.Duration;

/**
 * A text that can be read for a time only: the way to stop the JDK's regular expressions, which look at nothing but their
 * text. For one thread.
 */
final class ExpiringText implements CharSequence {

    /** Reading the clock costs as much as some dozens of characters. */
    private static final int READS_BETWEEN_LOOKS = 1_024;

    private final CharSequence text;
    private final long endNanos;
    private int reads;

    ExpiringText(CharSequence text, Duration time) {
        this(text, System.nanoTime() + time.toNanos());
    }

    private ExpiringText(CharSequence text, long endNanos) {
        this.text = text;
        this.endNanos = endNanos;
    }

    /** The thread that reads was interrupted. */
    static final class InterruptedReadException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public char charAt(int index) {
        if (++reads >= READS_BETWEEN_LOOKS) {
            reads = 0;
            look();
        }
        return text.charAt(index);
    }

    private void look() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedReadException();
        }
        if (System.nanoTime() - endNanos > 0) {
            throw new PatternTimeoutException(
                    "a pattern with look-around or back-references was not searched for in time");
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new ExpiringText(text.subSequence(start, end), endNanos);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
