package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.openai.ErrorBody.Details;
import dev.guardrails4j.server.wire.RequestException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("chat-server-contract 1.1: which answer an exception becomes")
class ErrorAnswersTest {

    @Test
    void forwardsWhatTheModelsProviderSaid() {
        ErrorAnswer answer = ErrorAnswers.of(ModelException.withMessage("Too fast for sk-abc")
                .status(429)
                .code("rate_limit_exceeded")
                .param("model")
                .retryAfter(Duration.ofMillis(1_200))
                .build());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(details(answer))
                .isEqualTo(
                        new Details("Too fast for sk-***", "rate_limit_error", "model", "rate_limit_exceeded", null));
        assertThat(answer.headers()).containsOnly(entry("Retry-After", "2"));
    }

    @Test
    void tellsTheStatusOfAProviderThatSaidNothing() {
        ErrorAnswer answer =
                ErrorAnswers.of(ModelException.withMessage("").status(418).build());

        assertThat(answer.status()).isEqualTo(418);
        assertThat(details(answer)).isEqualTo(new Details("HTTP 418", "api_error", null, null, null));
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void answers500WhenTheModelGaveNoStatus() {
        ErrorAnswer answer = ErrorAnswers.of(ModelException.withMessage("no connection to http://secret.test/v1")
                .build());

        assertThat(answer.status()).isEqualTo(500);
        assertThat(details(answer))
                .isEqualTo(new Details("no connection to [redacted-url]", "server_error", null, null, null));
    }

    @Test
    @DisplayName("DESIGN 4: an outage of a rail's model is 503, whatever the model said")
    void tellsAnOutageOfARail() {
        ModelException outage = ModelException.withMessage("bad key sk-abc")
                .status(401)
                .code("invalid_api_key")
                .retryAfter(Duration.ofSeconds(3))
                .build();

        ErrorAnswer answer = ErrorAnswers.of(new RailUnavailableException("self check input", outage));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(details(answer).type()).isEqualTo("server_error");
        assertThat(details(answer).code()).isEqualTo("rail_unavailable");
        assertThat(details(answer).param()).isEqualTo("self check input");
        assertThat(details(answer).message()).doesNotContain("abc");
        assertThat(answer.headers()).containsOnly(entry("Retry-After", "3"));
    }

    @Test
    void asksToRetryWhenTheServerIsFull() {
        ErrorAnswer answer = ErrorAnswers.of(RequestException.withCode(503, "full", "queue_full"));

        assertThat(details(answer)).isEqualTo(new Details("full", "server_error", null, "queue_full", null));
        assertThat(answer.headers()).containsOnly(entry("Retry-After", "1"));
    }

    @Test
    void tellsThatAModelCannotBeInitialised() {
        ErrorAnswer answer = ErrorAnswers.of(new RailConfigurationException("no main model"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("no main model");
    }

    @Test
    void answers503WhenTheServerStops() {
        assertThat(ErrorAnswers.of(new RequestCancelledException(new InterruptedException()))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void tellsNothingOfWhatNobodyForesaw() {
        ErrorAnswer answer = ErrorAnswers.of(new IllegalStateException("secret"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(details(answer)).isEqualTo(new Details("Internal server error", "server_error", null, null, null));
    }

    private static Details details(ErrorAnswer answer) {
        return ((ErrorBody) answer.body()).error();
    }
}
