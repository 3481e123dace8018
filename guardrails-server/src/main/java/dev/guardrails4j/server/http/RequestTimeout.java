package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.RequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long the caller is ready to wait for the whole request, said in the header {@code X-Request-Timeout}. */
final class RequestTimeout {

    static final String HEADER = "X-Request-Timeout";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(ms|s|m)?");
    private static final Map<String, Integer> MILLIS = Map.of("ms", 1, "s", 1_000, "m", 60_000);
    private static final BigDecimal LONGEST =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    private RequestTimeout() {}

    /**
     * What the header says: a number of seconds, or a number with the unit {@code ms}, {@code s} or {@code m}.
     *
     * @throws RequestException with status 400 if it says anything else, less than a millisecond or more than an hour
     */
    static Optional<Duration> of(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(header.strip());
        if (!form.matches()) {
            throw refused();
        }
        String unit = Objects.requireNonNullElse(form.group(2), "s");
        BigDecimal millis =
                new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(MILLIS.getOrDefault(unit, 1_000)));
        if (millis.compareTo(BigDecimal.ONE) < 0 || millis.compareTo(LONGEST) > 0) {
            throw refused();
        }
        return Optional.of(Duration.ofMillis(millis.longValue()));
    }

    private static RequestException refused() {
        return RequestException.of(
                400,
                "The header " + HEADER
                        + " must be a number of seconds, or a number with the unit ms, s or m, from 1ms to 60m");
    }
}
