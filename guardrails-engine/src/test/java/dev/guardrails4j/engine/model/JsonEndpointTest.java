package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that rails ask, over real sockets. */
@Timeout(60)
class JsonEndpointTest {

    private static final Map<String, Object> BODY = Map.of("prompt", "Grüß dich");

    private final ModelFixture fixture =
            new ModelFixture(new ModelHttpClient.Limits(4_000, 64 * 1024, Duration.ofMillis(1)));
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<ModelHttpClient> own = new ArrayList<>();

    @AfterEach
    void close() {
        own.forEach(ModelHttpClient::close);
        fixture.close();
    }

    @Test
    void postsJsonToTheAddressAsItIs() {
        fixture.upstream.respond(request -> Response.json("{\"jailbreak\": true, \"scores\": [0.5, null]}"));

        Object answer = connect(address("/classify?version=2").withKey(Optional.of("secret")))
                .post(BODY, TestDeadline.far());

        assertThat(answer).isInstanceOfSatisfying(Map.class, object -> {
            assertThat(object.get("jailbreak")).isEqualTo(true);
            assertThat(object.get("scores")).asString().isEqualTo("[0.5, null]");
        });
        assertThat(fixture.upstream.received()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/classify?version=2");
            assertThat(request.body()).isEqualTo("{\"prompt\":\"Grüß dich\"}");
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer secret")
                    .containsEntry("content-type", "application/json");
        });
    }

    @Test
    void sendsNoKeyThatItDoesNotHave() {
        fixture.upstream.respond(request -> Response.json("[1]"));

        assertThat(endpoint().post(List.of(BODY), TestDeadline.far())).isEqualTo(List.of(1));
        assertThat(fixture.upstream.received().get(0).headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"jailbreak\": tr", "<html>busy</html>", "{} {}", "{'a': 1}"})
    void refusesWhatIsNotJson(String body) {
        fixture.upstream.respond(request -> Response.json(body));

        assertThatThrownBy(() -> endpoint().post(BODY, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model answered what is not an answer: it is not JSON");
    }

    @Test
    void refusesAnAnswerNestedTooDeep() {
        fixture.upstream.respond(request -> Response.json("[".repeat(5_000) + "]".repeat(5_000)));

        assertThatThrownBy(() -> endpoint().post(BODY, TestDeadline.far())).isInstanceOf(ModelException.class);
    }

    @Test
    void readsNoMoreThanItMay() {
        fixture.upstream.respond(request -> Response.json("\"" + "x".repeat(64 * 1024) + "\""));

        assertThatThrownBy(() -> endpoint().post(BODY, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void refusesAnAnswerThatBreaksOff() {
        fixture.upstream.respond(
                request -> Response.json("{\"jailbreak\": false}").brokenOff());

        assertThatThrownBy(() -> endpoint().post(BODY, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model broke off its answer");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() {
        fixture.upstream.respondInTurn(
                Response.error(503, "loading", "busy"), Response.error(429, "slow down", "busy"), Response.json("{}"));

        assertThat(endpoint().post(BODY, TestDeadline.far())).isEqualTo(Map.of());
        assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void passesOnARefusalWithoutTheKeyInIt() {
        fixture.upstream.respond(request -> Response.error(401, "the key hunter2 is not valid", "no_key"));

        assertThatThrownBy(() ->
                        connect(address("/").withKey(Optional.of("hunter2"))).post(BODY, TestDeadline.far()))
                .isInstanceOfSatisfying(ModelException.class, e -> {
                    assertThat(e.status()).hasValue(401);
                    assertThat(e).hasMessage("the key *** is not valid");
                });
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void followsNoRedirect() {
        fixture.upstream.respond(
                request -> new Response(302, Map.of("Location", fixture.upstream.baseUrl() + "/elsewhere"), ""));

        assertThatThrownBy(() -> endpoint().post(BODY, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("redirects");
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void endsACallAtItsTimeOut() {
        fixture.upstream.respond(request -> Response.json("{}").heldUntil(never));

        assertThatThrownBy(() -> connect(address("/").withTimeout(Duration.ofMillis(200)))
                        .post(BODY, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model did not answer in time");
    }

    @Test
    void abortsACallWhenItsDeadlineEnds() {
        fixture.upstream.respond(request -> Response.json("{}").heldUntil(never));
        TestDeadline deadline = TestDeadline.far();
        CompletableFuture<Object> call =
                CompletableFuture.supplyAsync(() -> endpoint().post(BODY, deadline));
        await().until(() -> fixture.requests() == 1);

        deadline.end();

        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("the model did not answer in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://localhost/", "localhost:8000", "/classify", "http:/classify"})
    void refusesAnAddressThatIsNotOneOfHttp(String address) {
        assertThatThrownBy(() -> connect(EndpointAddress.of("classifier", URI.create(address))))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("the address of 'classifier' must begin with http:// or https:// and a host");
    }

    @Test
    void refusesAKeyThatNoHeaderCanCarryAndDoesNotShowIt() {
        assertThatThrownBy(() -> connect(address("/").withKey(Optional.of("hunter2\nHost: x"))))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("'classifier'")
                .hasMessageNotContaining("hunter2");
    }

    private JsonEndpoint endpoint() {
        return connect(address("/"));
    }

    private EndpointAddress address(String path) {
        return EndpointAddress.of(
                "classifier", URI.create(fixture.upstream.baseUrl().replace("/v1", path)));
    }

    private JsonEndpoint connect(EndpointAddress address) {
        return new EndpointConnector(fixture.client).connect(address, own::add);
    }
}
