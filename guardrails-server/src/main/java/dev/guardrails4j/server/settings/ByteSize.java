package dev.guardrails4j.server.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes that an option or a setting gives: {@code 4MiB}, {@code 512k}, {@code 1048576}.
 *
 * @param bytes from {@value #LEAST} to {@value #MOST}
 */
public record ByteSize(int bytes) {

    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 30;
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,10})\\s*(|[kmg])(?:i?b)?");
    private static final Map<String, Integer> UNITS = Map.of("", 1, "k", 1 << 10, "m", 1 << 20, "g", 1 << 30);

    /** Reads a size; throws IllegalArgumentException if it is none, or out of bounds. */
    public static ByteSize parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a size; write a number of bytes, or one with KiB, MiB or GiB".formatted(text));
        }
        long bytes = Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1);
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException("'%s' is not between 1 KiB and 1 GiB".formatted(text));
        }
        return new ByteSize((int) bytes);
    }
}
