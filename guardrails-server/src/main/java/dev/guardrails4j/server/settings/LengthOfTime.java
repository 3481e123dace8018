package dev.guardrails4j.server.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as an operator writes them: {@code 30d}, {@code 12h}, {@code 5m}, {@code 90s}. */
public final class LengthOfTime {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9}) *([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private LengthOfTime() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, or not from a second to ten years
     */
    public static Duration parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a length of time such as 30d, 12h, 5m or 90s");
        }
        Duration length =
                UNITS.getOrDefault(matcher.group(2), Duration.ZERO).multipliedBy(Long.parseLong(matcher.group(1)));
        if (length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be from 1s to 3650d");
        }
        return length;
    }
}
