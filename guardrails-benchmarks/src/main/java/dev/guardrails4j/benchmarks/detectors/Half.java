package dev.guardrails4j.benchmarks.detectors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A part of a data set. Detectors are worked on with one half only, and reported on with the other. A text is in the same half
 * for ever: the first byte of its SHA-256 says which.
 */
enum Half {
    WORK,
    REPORT,
    ALL;

    boolean holds(String text) {
        return this == ALL || (firstByte(text) % 2 == 0) == (this == WORK);
    }

    private static int firstByte(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))[0];
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
