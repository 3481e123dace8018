package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of endpoints that fail or cannot be trusted. Retries: contract "config and rails" 6.2. */
@Timeout(60)
class StreamFailuresTest {

    private static final String BROKEN_OFF = "the model broke off its answer";
    private static final String CHUNK = "{'choices':[{'delta':{'content':'half'}}]}";

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void triesAgainUntilThereIsAStream() {
        fixture.upstream.respondInTurn(Response.error(503, "not now", "x"), Response.dropped(), Response.stream("ok"));

        try (ChatStream stream = fixture.stream()) {
            assertThat(ReadAnswer.of(stream).text()).isEqualTo("ok");
        }
        assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void triesAgainWhenTheConnectionBreaksBeforeTheFirstByteOfTheBody() {
        fixture.upstream.respondInTurn(Response.stream("no").brokenOffAfter(0), Response.stream("ok"));

        try (ChatStream stream = fixture.stream()) {
            assertThat(ReadAnswer.of(stream).text()).isEqualTo("ok");
        }
        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void neverTriesAgainAfterTheFirstByteOfTheBody() {
        fixture.upstream.respondInTurn(Response.stream("no").brokenOffAfter(1), Response.stream("ok"));

        try (ChatStream stream = fixture.stream()) {
            assertThatThrownBy(stream::next).hasMessage(BROKEN_OFF);
        }
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void givesTheRefusalOfAnEndpointThatDoesNotStream() {
        fixture.upstream.respond(
                request -> Response.error(429, "slow down", "rate_limit").header("Retry-After", "61"));

        ModelException e = catchThrowableOfType(ModelException.class, fixture::stream);

        assertThat(e).hasMessage("slow down");
        assertThat(e.status()).hasValue(429);
        assertThat(e.code()).contains("rate_limit");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void tellsThatAStreamEndsTooEarly() {
        assertFailsAfterHalf(Response.sse(ModelFixture.events(CHUNK).replace("data: [DONE]\n\n", "")), BROKEN_OFF);
    }

    @Test
    void tellsThatTheConnectionBreaks() {
        assertFailsAfterHalf(Response.stream("half", "rest").brokenOffAfter(2), BROKEN_OFF);
    }

    @Test
    void tellsThatAStreamEndsWithinAnEvent() {
        String events = ModelFixture.events(CHUNK, CHUNK);

        assertFailsAfterHalf(Response.sse(events.substring(0, events.length() - 30)), BROKEN_OFF);
    }

    @Test
    void givesTheErrorInTheStream() {
        fixture.upstream.respond(request -> Response.sse(ModelFixture.events(
                CHUNK,
                "{'error':{'message':'The engine sk-abc123 is overloaded','type':'server_error','param':'model','code':503},"
                        + "'choices':[{'delta':{'content':'x'},'finish_reason':'error'}]}")));

        try (ChatStream stream = fixture.stream()) {
            assertThat(stream.next()).map(ChatChunk::text).contains("half");
            ModelException e = catchThrowableOfType(ModelException.class, stream::next);
            assertThat(e).hasMessage("The engine sk-*** is overloaded");
            assertThat(e.status()).hasValue(503);
            assertThat(e.code()).contains("503");
            assertThat(e.param()).contains("model");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':'overloaded'}",
                "{'object':'error','message':'overloaded','code':429}",
                "{'error':{'message':'overloaded','code':'x'},'choices':null}",
            })
    void givesErrorsOfOtherShapes(String event) {
        assertThatThrownBy(() -> fixture.streamed(event))
                .isInstanceOf(ModelException.class)
                .hasMessage("overloaded");
    }

    @Test
    void givesTheErrorOfAnEndpointThatRefusesWithStatus200() {
        assertThatThrownBy(() -> fixture.streamed(Response.json("{\"error\":{\"message\":\"no\",\"code\":402}}")))
                .hasMessage("no")
                .satisfies(e -> assertThat(((ModelException) e).status()).hasValue(402));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "null",
                "{}",
                "{'choices':{}}",
                "{'choices':[7]}",
                "{'choices':[{'delta':'x'}]}",
                "{'choices':[{'delta':{'content':7}}]}",
                "{'choices':[{'delta':{'content':[7]}}]}",
                "{'choices':[{'delta':{'tool_calls':{}}}]}",
                "{'choices':[]} more",
                "{'choices':[{'text':'legacy','finish_reason':'stop'}]}",
                "{'type':'ping'}",
            })
    void refusesEventsThatAreNoAnswer(String event) {
        assertThatThrownBy(() -> fixture.streamed(event))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model answered what is not an answer")
                .hasNoCause();
        assertThat(fixture.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "<html></html>", "[]", "\"x\"", "data: [DONE]\n\n", ": only comments\n\n"})
    void refusesBodiesThatAreNoAnswer(String body) {
        assertThatThrownBy(() -> fixture.streamed(Response.sse(body)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model answered what is not an answer");
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        assertThatThrownBy(() -> fixture.streamed("{'choices':" + "[".repeat(100_000)))
                .hasMessageStartingWith("the model answered what is not an answer");
    }

    @Test
    void refusesAnEventWithoutEnd() {
        assertThatThrownBy(() -> fixture.streamed("x".repeat(2 * 1024 * 1024)))
                .hasMessageEndingWith("an event of it is longer than 1048576 bytes");
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        try (ModelFixture narrow = new ModelFixture(new ModelHttpClient.Limits(10, 1_000, Duration.ofMillis(1)))) {
            assertThatThrownBy(() -> narrow.streamed(Response.endless("x".repeat(100))))
                    .hasMessageEndingWith("it is longer than 1000 characters");
            assertThatThrownBy(() -> narrow.streamed(Response.sse(": ping\n\n".repeat(3_000))))
                    .hasMessageEndingWith("it is longer than 16000 bytes");
            assertThatThrownBy(() -> narrow.streamed(Response.json("{\"x\":\"" + "x".repeat(2_000))))
                    .hasMessageEndingWith("it is longer than 1000 bytes");
        }
    }

    @Test
    void failsAgainWhenItIsAskedAgain() {
        fixture.upstream.respond(request -> Response.sse(ModelFixture.events("{'error':'no'}", CHUNK)));

        try (ChatStream stream = fixture.stream()) {
            assertThatThrownBy(stream::next).hasMessage("no");
            assertThatThrownBy(stream::next).hasMessage("no");
        }
    }

    @Test
    void staysAtItsEnd() {
        fixture.upstream.answer("x");

        ChatStream stream = fixture.stream();
        ReadAnswer.of(stream);

        assertThat(stream.next()).isEqualTo(Optional.empty());
        stream.close();
        assertThat(stream.next()).isEqualTo(Optional.empty());
    }

    private void assertFailsAfterHalf(Response response, String message) {
        fixture.upstream.respond(request -> response);
        try (ChatStream stream = fixture.stream()) {
            assertThat(stream.next()).map(ChatChunk::text).contains("half");
            assertThatThrownBy(stream::next).isInstanceOf(ModelException.class).hasMessage(message);
        }
    }
}
