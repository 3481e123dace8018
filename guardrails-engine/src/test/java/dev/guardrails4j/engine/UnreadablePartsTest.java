package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Multi-part content, and {@code rails.config.unreadable_parts}: issue 3. */
class UnreadablePartsTest {

    private static final String NAME = "unreadable parts";
    private static final ContentPart TEXT = ContentPart.text("What is this?");
    private static final ContentPart IMAGE =
            new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "https://cats.example/1.png")));
    private static final ContentPart FILE = new ContentPart("file", "", Map.of("file", Map.of("file_id", "f1")));

    private static final String WORDS = """
            rails:
              input: {flows: [check words]}
              config:
                words: {forbidden: [swordfish]}
            """;
    private static final String REFUSING = WORDS + "    unreadable_parts: block\n";
    private static final String READING = """
            rails:
              input: {flows: [look at pictures]}
              config: {unreadable_parts: block}
            """;

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("A cat.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void letsImagesThroughToTheModelAndSaysSo() throws IOException {
        try (Guardrails guardrails = guardrails(WORDS)) {
            GenerationResult result = guardrails.generate(List.of(said(Role.USER, TEXT, IMAGE, FILE)));

            assertThat(result.text()).isEqualTo("A cat.");
            assertThat(upstream.received().get(0).body())
                    .contains("cats.example")
                    .contains("\"f1\"");
            assertThat(trace(result)).hasValueSatisfying(entry -> {
                assertThat(entry.type()).isEqualTo("input");
                assertThat(entry.outcome()).isEqualTo(Outcome.PASSED);
                assertThat(entry.evidence())
                        .containsEntry("part_types", List.of("file", "image_url"))
                        .containsEntry("messages", List.of(0));
            });
        }
    }

    @Test
    void checksEveryTextPart() throws IOException {
        try (Guardrails guardrails = guardrails(WORDS)) {
            GenerationResult result =
                    guardrails.generate(List.of(said(Role.USER, TEXT, IMAGE, ContentPart.text("It says swordfish."))));

            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.flow()).isEqualTo("check words"));
        }
    }

    @Test
    void saysNothingOfTextsNorWhereNoRailWouldHaveReadAnything() throws IOException {
        try (Guardrails guardrails = guardrails(WORDS)) {
            assertThat(trace(guardrails.generate(List.of(said(Role.USER, TEXT, TEXT)))))
                    .isEmpty();
        }
        try (Guardrails guardrails = guardrails("")) {
            assertThat(trace(guardrails.generate(List.of(said(Role.USER, TEXT, IMAGE)))))
                    .isEmpty();
        }
    }

    @Test
    void refusesWhatNoRailCanReadIfToldTo() throws IOException {
        try (Guardrails guardrails = guardrails(REFUSING)) {
            GenerationResult result = guardrails.generate(List.of(said(Role.USER, TEXT, IMAGE)));

            assertThat(result.text()).isEqualTo("I'm sorry, I can't respond to that.");
            assertThat(result.block()).hasValueSatisfying(block -> {
                assertThat(block.stage()).isEqualTo(Stage.INPUT);
                assertThat(block.flow()).isEqualTo(NAME);
                assertThat(block.rail()).isEqualTo(NAME);
                assertThat(block.reason()).isEqualTo("no rail of the configuration can read parts of type image_url");
                assertThat(block.failure()).isFalse();
            });
            assertThat(trace(result)).hasValueSatisfying(entry -> {
                assertThat(entry.outcome()).isEqualTo(Outcome.BLOCKED);
                assertThat(entry.decisions()).containsExactly("refuse to respond", "stop");
                assertThat(entry.evidence()).containsEntry("part_types", List.of("image_url"));
            });
            assertThat(upstream.received()).isEmpty();

            assertThat(guardrails.generate(List.of(said(Role.USER, TEXT))).block())
                    .isEmpty();
        }
    }

    @Test
    void refusesWithoutAnyRail() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {config: {unreadable_parts: block}}")) {
            assertThat(refuses(guardrails, said(Role.USER, TEXT, IMAGE))).isTrue();
        }
    }

    @Test
    void tellsTheExceptionIfExceptionsAreWanted() throws IOException {
        try (Guardrails guardrails = guardrails(REFUSING + "enable_rails_exceptions: true\n")) {
            assertThat(guardrails.generate(List.of(said(Role.USER, IMAGE))).block())
                    .flatMap(GenerationResult.Blocked::exception)
                    .hasValueSatisfying(exception -> {
                        assertThat(exception.type()).isEqualTo("InputRailException");
                        assertThat(exception.message()).contains("'unreadable parts'");
                    });
        }
    }

    @Test
    void refusesInStreamsAndWhereTheModelIsNotAsked() throws IOException {
        GenerationRequest request = GenerationRequest.of(List.of(said(Role.USER, TEXT, IMAGE)));
        try (Guardrails guardrails = guardrails(REFUSING)) {
            try (GenerationStream stream = guardrails.stream(request)) {
                assertThat(Streams.events(stream)).singleElement().isInstanceOf(StreamEvent.Refusal.class);
            }
            assertThat(guardrails
                            .generate(with(request, new GenerationOptions(Map.of(), false)))
                            .block())
                    .isPresent();
        }
    }

    /** The model reads all that the client sends, whoever is said to have said it, and whenever. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void refusesInEveryMessage(Role role) throws IOException {
        try (Guardrails guardrails = guardrails(REFUSING)) {
            assertThat(refuses(guardrails, said(role, TEXT, IMAGE), Message.assistant("No."), Message.user("Why?")))
                    .isTrue();
        }
    }

    @Test
    void takesAnAssistantsRefusalForText() throws IOException {
        ContentPart refusal = new ContentPart("refusal", "", Map.of("refusal", "I won't."));
        try (Guardrails guardrails = guardrails(REFUSING)) {
            assertThat(refuses(
                            guardrails, Message.user("Do it!"), said(Role.ASSISTANT, refusal), Message.user("Please.")))
                    .isFalse();
            assertThat(refuses(guardrails, said(Role.USER, refusal))).isTrue();
        }
    }

    @Test
    void givesPartsToTheRailsThatReadThem() throws IOException {
        try (Guardrails guardrails = guardrails(READING)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Look!"), said(Role.USER, TEXT, IMAGE)));

            assertThat(result.block()).isEmpty();
            assertThat(trace(result)).isEmpty();
            assertThat(result.log().activatedRails().get(0).evidence())
                    .containsEntry("parts", List.of("text", "text", "image_url"));
            assertThat(guardrails
                            .generate(List.of(said(
                                    Role.USER,
                                    new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "forbidden"))))))
                            .block())
                    .hasValueSatisfying(block -> assertThat(block.flow()).isEqualTo("look at pictures"));
        }
    }

    @Test
    void refusesPartsOfATypeThatNoRailReads() throws IOException {
        try (Guardrails guardrails = guardrails(READING)) {
            assertThat(refuses(guardrails, said(Role.USER, IMAGE, FILE))).isTrue();
            assertThat(refuses(guardrails, said(Role.SYSTEM, IMAGE), Message.user("Hello!")))
                    .isTrue();
            assertThat(refuses(guardrails, Message.user("Hello!"), said(Role.TOOL, IMAGE)))
                    .isTrue();
        }
    }

    @Test
    void givesPartsOfToolResultsToTheRailsThatCheckThem() throws IOException {
        for (String rails : List.of(
                "tool_input: {flows: [look at pictures]}",
                "input: {flows: [{flow: look at pictures, check_tools: true}]}")) {
            try (Guardrails guardrails = guardrails("rails: {config: {unreadable_parts: block}, " + rails + "}")) {
                GenerationResult result =
                        guardrails.generate(List.of(Message.user("Hello!"), said(Role.TOOL, TEXT, IMAGE)));

                assertThat(result.block()).as(rails).isEmpty();
                assertThat(result.log().activatedRails().get(0).evidence())
                        .containsEntry("parts", List.of("text", "image_url"));
            }
        }
    }

    @Test
    void doesNotRememberWhatARailSawInAnImage() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [look at pictures], scope: all}}")) {
            List<Message> conversation =
                    List.of(said(Role.USER, TEXT, IMAGE), Message.assistant("A cat."), Message.user("Sure?"));
            guardrails.generate(conversation);
            List<ActivatedRail> rails = guardrails.generate(conversation).log().activatedRails();

            assertThat(rails.get(0).evidence())
                    .containsEntry("parts", List.of("text", "image_url"))
                    .doesNotContainKey("from_cache");
        }
    }

    @Test
    void goesByTheRailsThatTheRequestWants() throws IOException {
        GenerationRequest request = GenerationRequest.of(List.of(said(Role.USER, TEXT, IMAGE)));
        try (Guardrails guardrails = guardrails("""
                rails:
                  input: {flows: [look at pictures, check words]}
                  config:
                    unreadable_parts: block
                    words: {forbidden: [swordfish]}
                """)) {
            assertThat(guardrails.generate(request).block()).isEmpty();
            assertThat(guardrails
                            .generate(choosing(request, RailChoice.only(Set.of("check words"))))
                            .block())
                    .isPresent();
            assertThat(guardrails.generate(choosing(request, RailChoice.NONE)).block())
                    .isEmpty();
        }
    }

    private boolean refuses(Guardrails guardrails, Message... conversation) {
        return guardrails
                .generate(List.of(conversation))
                .block()
                .filter(block -> block.flow().equals(NAME))
                .isPresent();
    }

    private static Optional<ActivatedRail> trace(GenerationResult result) {
        return result.log().activatedRails().stream()
                .filter(rail -> rail.name().equals(NAME))
                .findFirst();
    }

    private static Message said(Role role, ContentPart... parts) {
        return new Message(role, List.of(parts), List.of(), Map.of());
    }

    private static GenerationRequest choosing(GenerationRequest request, RailChoice choice) {
        return with(request, new GenerationOptions(Map.of(Stage.INPUT, choice), true));
    }

    private static GenerationRequest with(GenerationRequest request, GenerationOptions options) {
        return new GenerationRequest(
                request.messages(),
                request.model(),
                request.context(),
                request.parameters(),
                options,
                request.timeout());
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - {type: main, engine: custom, model: m, parameters: {base_url: "%s"}}
                """.formatted(upstream.baseUrl()) + yaml);
        return Guardrails.fromPath(folder);
    }
}
