package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.StreamEvent.Declined;
import dev.guardrails4j.engine.StreamEvent.Text;
import dev.guardrails4j.engine.StreamEvent.Violation;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says in {@code refusal} instead of an answer is checked as an answer is, and stays what it is. */
class DeclinedAnswersTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String WORDS = """
            rails:
              output: {flows: [check words], streaming: {enabled: true, chunk_size: 2, context_size: 1}}
              config:
                words: {forbidden: [swordfish]}
            """;
    private static final String REWRITING = """
            rails:
              output:
                flows: ['replace $from="swordfish" $to="***"']
                streaming: {enabled: true, chunk_size: 2, context_size: 0}
            """;

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void passesOnWhatTheModelSaysInsteadOfAnAnswer() throws IOException {
        answers("null", "I won't.");
        try (Guardrails guardrails = guardrails(WORDS)) {
            GenerationResult result = generate(guardrails);

            assertThat(result.block()).isEmpty();
            assertThat(result.text()).isEmpty();
            assertThat(result.message().fields()).containsEntry("refusal", "I won't.");
            assertThat(result.modelOutput()).isNotEmpty();
        }
    }

    @Test
    void blocksIt() throws IOException {
        answers("null", "The word is swordfish.");
        try (Guardrails guardrails = guardrails(WORDS)) {
            GenerationResult result = generate(guardrails);

            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.stage()).isEqualTo(Stage.OUTPUT));
            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.message().fields()).isEmpty();
            assertThat(result.modelOutput()).isEmpty();
        }
    }

    @Test
    void rewritesIt() throws IOException {
        answers("null", "The word is swordfish.");
        try (Guardrails guardrails = guardrails(REWRITING)) {
            GenerationResult result = generate(guardrails);

            assertThat(result.text()).isEmpty();
            assertThat(result.message().fields()).containsEntry("refusal", "The word is ***.");
            assertThat(result.modelOutput()).isEmpty();
        }
    }

    @Test
    void checksItBesideAnAnswer() throws IOException {
        answers("\"Well.\"", "The word is swordfish.");
        try (Guardrails guardrails = guardrails(REWRITING)) {
            GenerationResult result = generate(guardrails);

            assertThat(result.text()).isEqualTo("Well.");
            assertThat(result.message().fields()).containsEntry("refusal", "The word is ***.");
        }
    }

    @Test
    void streamsItAsWhatItIs() throws IOException {
        streams("I ", "won't ", "say.");
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails)) {
            assertThat(Streams.events(stream))
                    .containsExactly(new Declined("I "), new Declined("won't "), new Declined("say."));
            assertThat(stream.result().message().fields()).containsEntry("refusal", "I won't say.");
            assertThat(stream.result().text()).isEmpty();
        }
    }

    @Test
    void checksItInStreams() throws IOException {
        streams("It ", "is ", "really ", "sword", "fish ", "now.");
        try (Guardrails guardrails = guardrails(WORDS);
                GenerationStream stream = stream(guardrails)) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(events).last().isInstanceOf(Violation.class);
            assertThat(events.subList(0, events.size() - 1))
                    .containsExactly(new Declined("It is "), new Declined("really "));
            assertThat(stream.result().message().fields()).containsEntry("refusal", "It is really ");
        }
    }

    @Test
    void rewritesItInStreams() throws IOException {
        streams("The word ", "is sword", "fish. ", "Sorry.");
        try (Guardrails guardrails = guardrails(REWRITING);
                GenerationStream stream = stream(guardrails)) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(events).allSatisfy(event -> assertThat(event).isInstanceOf(Declined.class));
            assertThat(stream.result().message().fields()).containsEntry("refusal", "The word is ***. Sorry.");
        }
    }

    @Test
    void checksAStreamThatFirstAnswersAndThenDeclinesAsOneText() throws IOException {
        upstream.respond(
                request -> Response.sse(events("content", "The word is sword") + events("refusal", "fish.") + DONE));
        try (Guardrails guardrails = guardrails(WORDS);
                GenerationStream stream = stream(guardrails)) {
            assertThat(Streams.events(stream)).last().isInstanceOf(Violation.class);
        }
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails)) {
            assertThat(Streams.events(stream)).containsExactly(new Text("The word is sword"), new Declined("fish."));
        }
    }

    @Test
    void checksItWhereTheModelIsNotAsked() throws IOException {
        ContentPart part = new ContentPart("refusal", "", Map.of("refusal", "The word is swordfish."));
        for (Message answer : List.of(
                new Message(Role.ASSISTANT, List.of(), List.of(), Map.of("refusal", "The word is swordfish.")),
                new Message(Role.ASSISTANT, List.of(part), List.of(), Map.of()))) {
            GenerationRequest check = new GenerationRequest(
                    List.of(Message.user("Hello!"), answer),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    new GenerationOptions(Map.of(), false),
                    Optional.empty());
            try (Guardrails guardrails = guardrails(WORDS)) {
                assertThat(guardrails.generate(check).block()).isPresent();
            }
            try (Guardrails guardrails = guardrails(REWRITING)) {
                assertThat(guardrails.generate(check).message().toString())
                        .contains("The word is ***.")
                        .doesNotContain("swordfish");
            }
        }
    }

    private void answers(String content, String refusal) {
        String body = """
                {"choices": [{"message": {"role": "assistant", "content": %s, "refusal": "%s"}, "finish_reason": "stop"}]}""".formatted(content, refusal);
        upstream.respond(request -> Response.json(body));
    }

    private void streams(String... refusal) {
        upstream.respond(request -> Response.sse(events("refusal", refusal) + DONE));
    }

    private static String events(String field, String... texts) {
        return Arrays.stream(texts)
                .map(text ->
                        "data: {\"choices\": [{\"index\": 0, \"delta\": {\"%s\": \"%s\"}}]}\n\n".formatted(field, text))
                .collect(Collectors.joining());
    }

    private static GenerationResult generate(Guardrails guardrails) {
        return guardrails.generate(List.of(Message.user("Hello!")));
    }

    private static GenerationStream stream(Guardrails guardrails) {
        return guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))));
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - {type: main, engine: custom, model: m, parameters: {base_url: "%s", max_attempts: 1}}
                """.formatted(upstream.baseUrl()) + yaml);
        return Guardrails.fromPath(folder);
    }
}
