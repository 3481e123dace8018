package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rails that ask an HTTP server. */
class EndpointRailsTest {

    @TempDir
    private Path folder;

    private final ScriptedUpstream model = ScriptedUpstream.start().answer("Hello to you.");
    private final ScriptedUpstream server = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        model.close();
        server.close();
    }

    @Test
    void blocksWhenTheServerSaysSoAndWritesTheCallDown() throws IOException {
        server.respond(request -> Response.json("\"bad\""));
        try (Guardrails guardrails = guardrails(server.baseUrl(), "[post]")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.block().orElseThrow().reason()).isEqualTo("the server calls it bad");
            assertThat(model.received()).isEmpty();
            assertThat(server.received().get(0).body()).isEqualTo("{\"text\":\"Hello!\"}");
            assertThat(actionsOf(result)).singleElement().satisfies(action -> {
                assertThat(action.name()).isEqualTo("post");
                assertThat(action.endpointCalls()).singleElement().satisfies(call -> {
                    assertThat(call.endpoint()).isEqualTo("server");
                    assertThat(call.answered()).isTrue();
                    assertThat(call.duration()).isLessThanOrEqualTo(action.duration());
                });
            });
        }
    }

    @Test
    void tellsAnOutageOfTheServerFromAVerdict() throws IOException {
        server.respond(request -> Response.error(404, "no such route", "not_found"));
        try (Guardrails guardrails = guardrails(server.baseUrl(), "[post]")) {
            assertThatThrownBy(() -> guardrails.generate(List.of(Message.user("Hello!"))))
                    .isInstanceOfSatisfying(RailUnavailableException.class, e -> {
                        assertThat(e.flow()).isEqualTo("post");
                        assertThat(e.outage().status()).hasValue(404);
                    });
        }
    }

    @Test
    void letsTheTextPassWhenTheServerIsOutAndItsFlowSaysSo() throws IOException {
        server.respond(request -> Response.error(404, "no such route", "not_found"));
        try (Guardrails guardrails = guardrails(server.baseUrl(), "[{flow: post, on_error: allow}]")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(actionsOf(result).get(0).endpointCalls())
                    .extracting(EndpointCall::answered)
                    .containsExactly(false);
        }
    }

    @Test
    void refusesAnAddressThatIsNotOneOfHttpWhenItIsLoaded() {
        assertThatThrownBy(() -> guardrails("file:///etc/passwd", "[post]").close())
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("config.yml:")
                .hasMessageContaining("must begin with http:// or https://");
    }

    @Test
    void remembersWhatAServerAnswersWhereTheConfigurationSaysSo() throws IOException {
        server.respondInTurn(Response.json("\"broken\""), Response.json("\"fine\""));
        try (Guardrails guardrails = guardrails(server.baseUrl(), "[post]", """
                  - type: jailbreak_detection
                    engine: any
                    model: any
                    cache: {enabled: true}
                """)) {
            assertThat(guardrails
                            .generate(List.of(Message.user("Hello!")))
                            .block()
                            .orElseThrow()
                            .failure())
                    .isTrue();
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("Hello to you.");
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("Hello to you.");
            assertThat(guardrails.generate(List.of(Message.user("Bye!"))).text())
                    .isEqualTo("Hello to you.");
        }

        assertThat(server.received())
                .extracting(ScriptedUpstream.Received::body)
                .containsExactly("{\"text\":\"Hello!\"}", "{\"text\":\"Hello!\"}", "{\"text\":\"Bye!\"}");
    }

    private static List<ExecutedAction> actionsOf(GenerationResult result) {
        return result.log().activatedRails().get(0).actions();
    }

    private Guardrails guardrails(String address, String flows) throws IOException {
        return guardrails(address, flows, "");
    }

    private Guardrails guardrails(String address, String flows, String models) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - type: main
                    engine: openai
                    model: scripted
                    parameters:
                      base_url: %s
                %srails:
                  input:
                    flows: %s
                  config:
                    server: {address: "%s"}
                """.formatted(model.baseUrl(), models, flows, address));
        return Guardrails.fromPath(folder);
    }
}
