package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract "config and rails" 6.2: 0.5 s times 2 to the n, at most 8 s, with 25 % jitter. */
class RetryRuleTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void doublesThePauseUpToEightSeconds() {
        RetryRule rule = rule(() -> 0L);

        List<Long> pauses = IntStream.rangeClosed(1, 9)
                .mapToObj(attempt -> rule.pauseAfter(new SocketException(), attempt)
                        .orElseThrow()
                        .toMillis())
                .toList();

        assertThat(pauses).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L, 8000L, 8000L);
    }

    @Test
    void shortensPausesByUpToAQuarter() {
        assertThat(rule(() -> -1L).pauseAfter(new SocketException(), 1)).contains(Duration.ofMillis(375));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | PT0S
            7                             | PT7S
            1.5                           | PT1.5S
            Thu, 01 Jan 2026 12:00:30 GMT | PT30S
            Thu, 01 Jan 2026 11:00:00 GMT | PT0S
            -1                            |
            soon                          |
            99999999999999999999          |
            """)
    void readsRetryAfterInSecondsAndAsADate(String header, String pause) {
        assertThat(rule(() -> 0L).retryAfter(answer(429, header)).map(Duration::toString))
                .isEqualTo(Optional.ofNullable(pause));
    }

    @Test
    void backsOffAsUsualWhenRetryAfterMakesNoSense() {
        assertThat(rule(() -> 0L).pauseAfter(answer(429, "soon"), 1)).contains(Duration.ofMillis(500));
    }

    @Test
    void waitsAMinuteButNotLonger() {
        assertThat(rule(() -> 0L).pauseAfter(answer(429, "60"), 1)).contains(Duration.ofMinutes(1));
        assertThat(rule(() -> 0L).pauseAfter(answer(429, "60.1"), 1)).isEmpty();
    }

    @Test
    void triesAgainAfterFaultsOfTheConnectionOnly() {
        RetryRule rule = rule(() -> 0L);

        assertThat(List.of(
                        new ConnectException(),
                        new UnknownHostException(),
                        new SocketException(),
                        new ConnectTimeoutException("x")))
                .allMatch(fault -> rule.pauseAfter(fault, 1).isPresent());
        assertThat(List.<IOException>of(
                        new SocketTimeoutException(),
                        new InterruptedIOException(),
                        new SSLHandshakeException("x"),
                        new ClientProtocolException("x"),
                        new UnreadableAnswerException("x")))
                .allMatch(fault -> rule.pauseAfter(fault, 1).isEmpty());
    }

    private static HttpAnswer answer(int status, String retryAfter) {
        BasicHttpResponse head = new BasicHttpResponse(status);
        head.addHeader("Retry-After", retryAfter);
        return new HttpAnswer(status, head, new byte[0]);
    }

    private static RetryRule rule(RandomGenerator random) {
        return new RetryRule(Duration.ofMillis(500), NOON, random);
    }
}
