package dev.guardrails4j.server.evaluation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which part of a data set is read. A text belongs to one half for ever, whatever file it stands in: to {@link #WORK} if the
 * first byte of its SHA-256 is even, else to {@link #REPORT}. Rails are tuned on the one and measured on the other.
 */
public enum Half {
    ALL,
    WORK,
    REPORT;

    /**
     * The part of this name.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public static Half parse(String text) {
        return Arrays.stream(values())
                .filter(half -> half.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not all, work or report".formatted(text)));
    }

    /** Whether a text is in this part. */
    public boolean has(String text) {
        return this == ALL || this == of(text);
    }

    private static Half of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return digest[0] % 2 == 0 ? WORK : REPORT;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
