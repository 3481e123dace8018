package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract "chat server" 1.1: what a caller is told when the upstream call failed. */
class ModelRefusalsTest {

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellsStatusMessageCodeAndParameter() {
        ModelException e = refused(
                new Response(
                        400,
                        Map.of(),
                        "{\"error\":{\"message\":\"Bad temperature\",\"type\":\"x\",\"param\":\"temperature\",\"code\":\"bad_value\"}}"));

        assertThat(e).hasMessage("Bad temperature");
        assertThat(e.status()).hasValue(400);
        assertThat(e.code()).contains("bad_value");
        assertThat(e.param()).contains("temperature");
        assertThat(e.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"error":"model not found"}              | model not found
            {"message":"no such model"}              | no such model
            {"status":404,"detail":"gone"}           | gone
            {"error":{"message":"","code":"x"}}      | HTTP 404
            {"detail":[{"loc":["a"]}]}               | HTTP 404
            <html>Not found at http://x</html>       | HTTP 404
            {"error":{"message":7}}                  | HTTP 404
            """)
    void usesTheUpstreamsOwnWordsOrTheStatus(String body, String message) {
        ModelException e = refused(new Response(404, Map.of(), body));

        assertThat(e).hasMessage(message);
        assertThat(e.status()).hasValue(404);
    }

    @Test
    void takesACodeThatIsANumber() {
        assertThat(refused(new Response(404, Map.of(), "{\"error\":{\"message\":\"m\",\"code\":404}}"))
                        .code())
                .contains("404");
    }

    @Test
    void hidesKeysAndUrls() {
        ModelException e = refused(Response.error(
                401,
                "Incorrect key sk-proj-abc_123, Bearer abc.def, nvapi-XYZ or AIzaSyA1; see https://example.com/keys?k=1",
                "bearer sk-inside"));

        assertThat(e).hasMessage("Incorrect key sk-***, Bearer ***, nvapi-*** or AIza***; see [redacted-url]");
        assertThat(e.code()).contains("bearer ***");
    }

    @Test
    void hidesTheKeyInUseWhateverItLooksLike() {
        fixture.upstream.respond(request -> Response.error(401, "key 0123abcd is wrong", "x"));

        ModelException e = catchThrowableOfType(
                ModelException.class,
                () -> fixture.connect(fixture.setup().apiKey("0123abcd"))
                        .generate(ModelFixture.HELLO, TestDeadline.far()));

        assertThat(e).hasMessage("key *** is wrong");
    }

    @Test
    void cutsLongMessagesAndKeepsThemOnOneLine() {
        ModelException e = refused(Response.error(
                400, "a\n\u0007b" + "\ud83d\ude00".repeat(100_000).substring(0, 20_000), "c".repeat(500)));

        assertThat(e.getMessage()).startsWith("a b").endsWith("\ud83d\ude00...");
        assertThat(e.getMessage().codePointCount(0, e.getMessage().length())).isEqualTo(503);
        assertThat(e.code().orElseThrow()).hasSize(103);
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void takesARedirectForAnErrorAndDoesNotFollowIt(int status) {
        ModelException e =
                refused(new Response(status, Map.of("Location", fixture.upstream.baseUrl() + "/elsewhere"), ""));

        assertThat(e).hasMessageContaining("redirect").hasMessageNotContaining("127.0.0.1");
        assertThat(e.status()).isEmpty();
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void tellsHowLongToWait() {
        assertThat(refused(Response.error(429, "slow", "x").header("Retry-After", "120"))
                        .retryAfter())
                .contains(Duration.ofSeconds(120));
    }

    @Test
    void takesARefusalThatComesAsASuccess() {
        ModelException e = refused(Response.json("{\"error\":{\"message\":\"Provider is down\",\"code\":502}}"));

        assertThat(e).hasMessage("Provider is down");
        assertThat(e.status()).hasValue(502);
    }

    private ModelException refused(Response response) {
        fixture.upstream.respond(request -> response);
        return catchThrowableOfType(ModelException.class, fixture::ask);
    }
}
