package dev.guardrails4j.server.evaluation;

import dev.guardrails4j.server.evaluation.Proportion.Estimate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How numbers are shown to people. */
public final class Numbers {

    private static final String NOTHING = "-";

    private Numbers() {}

    /** {@code "0.934"}; {@code "-"} if there is none. */
    public static String value(Optional<Estimate> estimate) {
        return estimate.map(found -> decimal(found.value())).orElse(NOTHING);
    }

    /** {@code "0.910 to 0.952"}; {@code "-"} if there is none. */
    public static String interval(Optional<Estimate> estimate) {
        return estimate.map(found -> decimal(found.low()) + " to " + decimal(found.high()))
                .orElse(NOTHING);
    }

    /** {@code "0.934 (0.910-0.952)"}; {@code "-"} if there is none. */
    public static String withInterval(Optional<Estimate> estimate) {
        return estimate.map(found ->
                        "%s (%s-%s)".formatted(decimal(found.value()), decimal(found.low()), decimal(found.high())))
                .orElse(NOTHING);
    }

    /** {@code "0.934"}. */
    public static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** {@code "1,234"}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code "87 us"}, {@code "4.2 ms"}, {@code "1.3 s"}. */
    public static String duration(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.0f us", micros);
        }
        return micros < 1_000_000
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }
}
