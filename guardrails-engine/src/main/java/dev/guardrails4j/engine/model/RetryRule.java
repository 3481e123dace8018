package dev.guardrails4j.engine.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Whether a failed attempt is worth another one, and after which pause, contract "config and rails" 6.2. The HTTP client's
 * own retries are off: they sleep where nothing but an interrupt can wake them, and know no deadline.
 */
final class RetryRule {

    private static final Set<Integer> STATUSES = Set.of(408, 409, 429, 500, 502, 503, 504);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 4;
    private static final double JITTER = 0.25;

    private final Duration backOff;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param backOff the pause after the first attempt; doubled with each, up to 16 times as long */
    RetryRule(Duration backOff, Clock clock, RandomGenerator random) {
        this.backOff = backOff;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The pause before the next attempt; empty if there is none to be made.
     *
     * @param attempt the attempt that was answered so, counted from 1
     */
    Optional<Duration> pauseAfter(HttpAnswer answer, int attempt) {
        if (answer.isSuccess() || !isRetryable(answer)) {
            return Optional.empty();
        }
        Optional<Duration> asked = retryAfter(answer);
        return asked.isPresent()
                ? asked.filter(pause -> pause.compareTo(LONGEST_RETRY_AFTER) <= 0)
                : Optional.of(backOff(attempt));
    }

    /** The same for an attempt that got no answer. */
    Optional<Duration> pauseAfter(IOException fault, int attempt) {
        return isRetryable(fault) ? Optional.of(backOff(attempt)) : Optional.empty();
    }

    /** What the header {@code Retry-After} says, in seconds or as a date; empty if it is missing or neither. */
    Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("Retry-After").flatMap(value -> {
            if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)));
            }
            Instant date = DateUtils.parseStandardDate(value);
            return Optional.ofNullable(date)
                    .map(until -> Duration.between(clock.instant(), until))
                    .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
        });
    }

    private static boolean isRetryable(HttpAnswer answer) {
        String wish = answer.header("x-should-retry").orElse("");
        return answer.status() >= 400
                && (wish.equalsIgnoreCase("true")
                        || (STATUSES.contains(answer.status()) && !wish.equalsIgnoreCase("false")));
    }

    /** An interrupted exchange is not wanted any more; what speaks no HTTP or has no valid certificate will not change. */
    private static boolean isRetryable(IOException fault) {
        return fault instanceof ConnectTimeoutException
                || !(fault instanceof InterruptedIOException
                        || fault instanceof ClientProtocolException
                        || fault instanceof MessageConstraintException
                        || fault instanceof SSLHandshakeException
                        || fault instanceof SSLPeerUnverifiedException
                        || fault instanceof UnreadableAnswerException);
    }

    private Duration backOff(int attempt) {
        long millis = backOff.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.round(millis * (1 - JITTER * random.nextDouble())));
    }
}
