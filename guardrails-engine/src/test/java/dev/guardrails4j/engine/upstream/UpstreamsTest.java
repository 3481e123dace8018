package dev.guardrails4j.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.UpstreamLimits.Breaker;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamsTest {

    private final Upstreams upstreams = new Upstreams(UpstreamLimits.DEFAULT, EngineObserver.NOTHING);

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1, HTTPS://API.example.com:443/v2?key=secret, https://api.example.com",
        "http://localhost:8000/v1, http://localhost:8000, http://localhost:8000",
        "http://[::1]/v1, http://[::1]:80, http://[::1]",
    })
    void knowAServerByItsSchemeHostAndPort(URI one, URI other, String name) {
        assertThat(upstreams.of(one)).isSameAs(upstreams.of(other));
        assertThat(upstreams.loads()).extracting(Upstreams.Load::upstream).containsExactly(name);
    }

    @Test
    void takeAnotherSchemeHostOrPortForAnotherServer() {
        assertThat(upstreams.of(URI.create("http://example.com:443")))
                .isNotSameAs(upstreams.of(URI.create("https://example.com:443")))
                .isNotSameAs(upstreams.of(URI.create("http://example.com:444")))
                .isNotSameAs(upstreams.of(URI.create("http://a.example.com:443")));
    }

    @Test
    void rememberSoManyOnlyAndThoseThatAreCalledMost() {
        Upstream favourite = upstreams.of(URI.create("https://api.example.com"));
        for (int host = 0; host < 5_000; host++) {
            upstreams.of(URI.create("https://host-" + host + ".example.com"));
            assertThat(upstreams.of(URI.create("https://api.example.com"))).isSameAs(favourite);
        }

        assertThat(upstreams.loads()).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void refuseLimitsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpstreamLimits(0, second, Optional.empty()))
                .withMessage("maxConcurrentCalls is below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpstreamLimits(1, second.negated(), Optional.empty()))
                .withMessage("maxWait is negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Breaker(101, 10, 10, second, 1, second))
                .withMessage("failureRate is not within 1 and 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Breaker(50, 10, 11, second, 1, second))
                .withMessage("minimumCalls is not within 1 and window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Breaker(50, 10, 10, Duration.ZERO, 1, second))
                .withMessage("window, openFor and halfOpenCalls must be more than nothing");
    }
}
