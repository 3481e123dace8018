package dev.guardrails4j.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Finds the times that a model has written into the words of a stream: {@code t} and sixteen hexadecimal digits of {@link
 * System#nanoTime}, which all processes of a machine share. Reads a stream in whatever pieces it comes. For one thread.
 */
final class StampedText {

    static final int DIGITS = 16;

    /** What goes before the digits: the text of an event begins with it. */
    static final String MARK = "\"content\":\"t";

    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

    private int matched;
    private int digits;
    private long value;

    /** Takes a time out of the text. */
    interface Times {

        /**
         * Called for each.
         *
         * @param nanos when the words were said
         */
        void said(long nanos);
    }

    /** Reads on. */
    void read(byte[] bytes, int count, Times times) {
        for (int i = 0; i < count; i++) {
            byte next = bytes[i];
            if (matched < MARK_BYTES.length) {
                matched = next == MARK_BYTES[matched] ? matched + 1 : next == MARK_BYTES[0] ? 1 : 0;
                continue;
            }
            int digit = Character.digit(next, 16);
            if (digit < 0) {
                forget();
                continue;
            }
            value = (value << 4) | digit;
            if (++digits == DIGITS) {
                times.said(value);
                forget();
            }
        }
    }

    private void forget() {
        matched = 0;
        digits = 0;
        value = 0;
    }
}
