package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract "config and rails" 6.2. */
class ModelRetriesTest {

    /** A pause that no call has time for: whoever retries all the same has been told another one. */
    private static final ModelHttpClient.Limits ENDLESS_BACK_OFF =
            new ModelHttpClient.Limits(10, 1_000_000, Duration.ofHours(1));

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
    void triesAgainAfter(int status) {
        fixture.upstream.respondInTurn(
                Response.error(status, "not now", "x"), Response.error(status, "not now", "x"), Response.answer("ok"));

        assertThat(fixture.ask().text()).isEqualTo("ok");
        assertThat(fixture.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422, 501, 505})
    void doesNotTryAgainAfter(int status) {
        fixture.upstream.respond(request -> Response.error(status, "no", "x"));

        assertThat(refusal(fixture).status()).hasValue(status);
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void sendsTheSameRequestAgain() {
        fixture.upstream.respondInTurn(Response.error(503, "not now", "x"), Response.answer("ok"));

        fixture.ask();

        assertThat(fixture.upstream.received()).hasSize(2);
        assertThat(fixture.upstream.received().get(1).body())
                .isEqualTo(fixture.upstream.received().get(0).body());
    }

    @Test
    void givesUpAfterThreeAttemptsWithTheLastRefusal() {
        fixture.upstream.respondInTurn(
                Response.error(500, "first", "x"),
                Response.error(500, "second", "x"),
                Response.error(503, "third", "x"),
                Response.answer("too late"));

        assertThat(refusal(fixture)).hasMessage("third");
        assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void makesAsManyAttemptsAsTheConfigurationSays() {
        fixture.upstream.respond(request -> Response.error(500, "no", "x"));

        assertThatThrownBy(() -> fixture.connect(fixture.setup().with("max_attempts", 1))
                        .generate(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage("no");

        assertThat(fixture.requests()).isOne();
    }

    @Test
    void triesAgainWhenTheConnectionIsClosedWithoutAnAnswer() {
        fixture.upstream.respondInTurn(Response.dropped(), Response.answer("ok"));

        assertThat(fixture.ask().text()).isEqualTo("ok");
        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void triesAgainWhenTheAnswerIsBrokenOff() {
        fixture.upstream.respondInTurn(Response.answer("half of it").brokenOff(), Response.answer("ok"));

        assertThat(fixture.ask().text()).isEqualTo("ok");
        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void tellsThatTheAnswerIsBrokenOffWhenItAlwaysIs() {
        fixture.upstream.respond(request -> Response.answer("half of it").brokenOff());

        assertThat(refusal(fixture)).hasMessage("the model broke off its answer");
        assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void waitsAsLongAsRetryAfterSaysInsteadOfBackingOff() {
        try (ModelFixture patient = new ModelFixture(ENDLESS_BACK_OFF)) {
            patient.upstream.respondInTurn(
                    Response.error(429, "slow", "x").header("Retry-After", "0"),
                    Response.error(503, "slow", "x").header("Retry-After", "Thu, 01 Jan 2015 00:00:00 GMT"),
                    Response.answer("ok"));

            assertThat(patient.ask().text()).isEqualTo("ok");
            assertThat(patient.requests()).isEqualTo(3);
        }
    }

    @Test
    void givesUpAtOnceWhenRetryAfterIsMoreThanAMinute() {
        fixture.upstream.respond(request -> Response.error(429, "slow", "x").header("Retry-After", "61"));

        assertThat(refusal(fixture).retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void givesUpAtOnceWhenThePauseWouldOutlastTheDeadline() {
        fixture.upstream.respond(request -> Response.error(429, "slow", "x").header("Retry-After", "20"));

        ModelException e = catchThrowableOfType(
                ModelException.class,
                () -> fixture.model().generate(ModelFixture.HELLO, new TestDeadline(Duration.ofSeconds(20))));

        assertThat(e).hasMessage("slow");
        assertThat(e.status()).hasValue(429);
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void givesUpAtOnceWhenThePauseWouldOutlastTheTimeOut() {
        try (ModelFixture patient = new ModelFixture(ENDLESS_BACK_OFF)) {
            patient.upstream.respond(request -> Response.error(503, "busy", "x"));

            assertThat(refusal(patient)).hasMessage("busy");
            assertThat(patient.requests()).isOne();
        }
    }

    @Test
    void obeysXShouldRetry() {
        fixture.upstream.respondInTurn(
                Response.error(400, "try again", "x").header("x-should-retry", "true"),
                Response.error(503, "do not", "x").header("X-Should-Retry", "false"),
                Response.answer("too late"));

        assertThat(refusal(fixture)).hasMessage("do not");
        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void doesNotTryAgainAfterAnAnswerThatCannotBeRead() {
        fixture.upstream.respond(request -> new Response(200, Map.of(), "nonsense"));

        assertThat(refusal(fixture)).hasMessageStartingWith("the model answered what is not an answer");
        assertThat(fixture.requests()).isOne();
    }

    private static ModelException refusal(ModelFixture fixture) {
        return catchThrowableOfType(ModelException.class, fixture::ask);
    }
}
