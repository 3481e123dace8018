package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
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
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rails.input.scope}: DESIGN 4. */
class InputScopeTest {

    private static final Message NO = Message.assistant("No.");

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void checksTheLastUserMessageOnlyIfTheScopeIsLast() throws IOException {
        try (Guardrails guardrails = words("last")) {
            assertThat(blocked(guardrails, Message.user("swordfish"), Message.user("Hello!")))
                    .isFalse();
            assertThat(blocked(guardrails, Message.user("Hello!"), Message.user("swordfish")))
                    .isTrue();
            assertThat(blocked(guardrails, Message.user("swordfish"), Message.system("Be nice.")))
                    .isTrue();
        }
    }

    @Test
    void changesTheLastUserMessageOnlyIfTheScopeIsLast() throws IOException {
        try (Guardrails guardrails = rewriting("last")) {
            guardrails.generate(List.of(Message.user("swordfish one"), Message.user("swordfish two")));

            assertThat(sent()).contains("swordfish one").contains("*** two");
        }
    }

    @Test
    void passesOverAnsweredTurnsIfTheScopeIsNew() throws IOException {
        try (Guardrails guardrails = words("new")) {
            assertThat(blocked(guardrails, Message.user("swordfish"), NO, Message.user("Hello!")))
                    .isFalse();
            assertThat(blocked(guardrails, Message.user("swordfish"), Message.user("Hello!")))
                    .isTrue();
        }
    }

    @Test
    void checksEveryTurnIfTheScopeIsAll() throws IOException {
        try (Guardrails guardrails = words("all")) {
            GenerationResult result =
                    guardrails.generate(List.of(Message.user("swordfish"), NO, Message.user("Hello!")));

            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.stage()).isEqualTo(Stage.INPUT));
            assertThat(inputRails(result)).singleElement().satisfies(rail -> {
                assertThat(rail.outcome()).isEqualTo(Outcome.BLOCKED);
                assertThat(rail.evidence()).containsEntry("word", "swordfish").containsEntry("message", 0);
            });
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void checksTurnsThatOnlyToolsHaveAnswered() throws IOException {
        Message call = new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("1", "find", "{}")), Map.of());
        try (Guardrails guardrails = words("all")) {
            assertThat(blocked(
                            guardrails,
                            Message.user("swordfish"),
                            call,
                            Message.of(Role.TOOL, "found"),
                            Message.user("Hello!")))
                    .isTrue();
        }
    }

    @Test
    void sendsTheModelEarlierTurnsAsRailsHaveRewrittenThem() throws IOException {
        try (Guardrails guardrails = rewriting("all")) {
            GenerationResult result = guardrails.generate(List.of(
                    Message.user("swordfish one"),
                    Message.user("swordfish two"),
                    NO,
                    Message.user("swordfish three"),
                    NO,
                    Message.user("swordfish four")));

            assertThat(sent())
                    .doesNotContain("swordfish")
                    .contains("*** one\\n*** two")
                    .contains("*** three")
                    .contains("*** four");
            assertThat(result.asked()).hasSize(6);
        }
    }

    @Test
    void sendsTheModelWhatIsKnownOfEarlierTurnsAsWell() throws IOException {
        try (Guardrails guardrails = rewriting("all")) {
            guardrails.generate(List.of(Message.user("swordfish one")));
            GenerationResult result =
                    guardrails.generate(List.of(Message.user("swordfish one"), NO, Message.user("And two?")));

            assertThat(sent()).contains("*** one").doesNotContain("swordfish");
            assertThat(inputRails(result).get(0)).satisfies(rail -> {
                assertThat(rail.outcome()).isEqualTo(Outcome.REWRITTEN);
                assertThat(rail.evidence()).containsEntry("from_cache", true);
            });
        }
    }

    /** Each rail sees what those before it made of the turn, and of the turns before that. */
    @Test
    void letsRailsSeeTheConversationAsItWasThen() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: ['replace $from="swordfish" $to="***"', recite]
                    scope: all
                """)) {
            GenerationResult result = guardrails.generate(
                    List.of(Message.user("swordfish"), NO, Message.user("Why?"), NO, Message.user("Hello!")));

            assertThat(inputRails(result).stream()
                            .filter(rail -> rail.name().equals("recite"))
                            .map(rail -> rail.evidence().get("conversation")))
                    .containsExactly("***", "***|No.|Why?", "***|No.|Why?|No.|Hello!");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksNoRailTwiceAboutAnEarlierTurn(boolean parallel) throws IOException {
        try (Guardrails guardrails = judged("all", parallel)) {
            guardrails.generate(List.of(Message.user("one")));
            guardrails.generate(List.of(Message.user("one"), NO, Message.user("two")));
            GenerationResult result = guardrails.generate(
                    List.of(Message.user("one"), NO, Message.user("two"), NO, Message.user("three")));

            assertThat(judgements()).isEqualTo(3);
            assertThat(inputRails(result))
                    .extracting(rail -> rail.evidence().get("from_cache"))
                    .containsExactly(true, true, null);
            assertThat(inputRails(result))
                    .allSatisfy(rail -> assertThat(rail.outcome()).isEqualTo(Outcome.PASSED));
            assertThat(inputRails(result).get(0).actions()).isEmpty();
            assertThat(inputRails(result).get(2).actions()).hasSize(1);
        }
    }

    @Test
    void asksAboutTheNewTurnEachTime() throws IOException {
        try (Guardrails guardrails = judged("all", false)) {
            guardrails.generate(List.of(Message.user("one")));
            guardrails.generate(List.of(Message.user("one")));

            assertThat(judgements()).isEqualTo(2);
        }
    }

    @Test
    void blocksAgainWhatItHasBlockedBefore() throws IOException {
        try (Guardrails guardrails = words("all")) {
            guardrails.generate(List.of(Message.user("swordfish")));
            GenerationResult result =
                    guardrails.generate(List.of(Message.user("swordfish"), NO, Message.user("Hello!")));

            assertThat(result.block()).isPresent();
            assertThat(inputRails(result).get(0).evidence())
                    .containsEntry("from_cache", true)
                    .containsEntry("word", "swordfish");
        }
    }

    @Test
    void doesNotRememberFailures() throws IOException {
        upstream.answerWhen("Judge this", "I would rather not say.");
        try (Guardrails guardrails = judged("all", false)) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            assertThat(guardrails.generate(conversation).block()).isPresent();
            assertThat(guardrails.generate(conversation).block()).isPresent();

            assertThat(judgements()).isEqualTo(2);
        }
    }

    @Test
    void doesNotRememberWhatPassedOnlyBecauseItsRailFailed() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [{flow: throw, on_error: allow}]
                    scope: all
                """)) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            guardrails.generate(conversation);

            assertThat(inputRails(guardrails.generate(conversation)))
                    .hasSize(2)
                    .allSatisfy(rail -> assertThat(rail.outcome()).isEqualTo(Outcome.BYPASSED));
        }
    }

    /** A verdict that depends on more than the text does not hold for the text alone. */
    @ParameterizedTest
    @ValueSource(strings = {"messages", "variable", "chunks", "tools"})
    void doesNotRememberWhatDependsOnMoreThanTheText(String what) throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: ["look at $what=%s"]
                    scope: all
                """.formatted(what))) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            guardrails.generate(conversation);

            assertThat(inputRails(guardrails.generate(conversation)))
                    .extracting(rail -> rail.evidence().get("from_cache"))
                    .containsExactly(null, null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "user_text", "user_message", "nothing"})
    void remembersWhatDependsOnTheText(String what) throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: ["look at $what=%s"]
                    scope: all
                """.formatted(what))) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            guardrails.generate(conversation);

            assertThat(inputRails(guardrails.generate(conversation)))
                    .extracting(rail -> rail.evidence().get("from_cache"))
                    .containsExactly(true, null);
        }
    }

    @Test
    void asksAgainIfTheJudgesPromptShowsTheConversation() throws IOException {
        try (Guardrails guardrails = judged("all", false, "Judge this: {{ text }} after {{ history }}")) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            guardrails.generate(conversation);
            guardrails.generate(conversation);

            assertThat(judgements()).isEqualTo(4);
        }
    }

    @Test
    void tellsNoCallerWhatWasDecidedForAnother() throws IOException {
        try (Guardrails guardrails = judged("all", false)) {
            GenerationRequest conversation =
                    GenerationRequest.of(List.of(Message.user("one"), NO, Message.user("two")));
            guardrails.generate(conversation.by("alice"));
            assertThat(judgements()).isEqualTo(2);

            guardrails.generate(conversation.by("bob"));
            assertThat(judgements()).isEqualTo(4);

            guardrails.generate(conversation.by("alice"));
            assertThat(judgements()).isEqualTo(5);
        }
    }

    @Test
    void holdsNoVerdictOfOneMainModelForAnother() throws IOException {
        try (Guardrails guardrails = judged("all", false)) {
            List<Message> conversation = List.of(Message.user("one"), NO, Message.user("two"));
            guardrails.generate(conversation);
            guardrails.generate(new GenerationRequest(
                    conversation, Optional.of("other"), Map.of(), Map.of(), GenerationOptions.ALL, Optional.empty()));

            assertThat(judgements()).isEqualTo(4);
        }
    }

    @Test
    void runsOnlyTheRailsThatTheRequestWants() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [check words, 'replace $from="swordfish" $to="***"']
                    scope: all
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            List<Message> conversation = List.of(Message.user("swordfish"), NO, Message.user("Hello!"));

            GenerationResult rewritten =
                    guardrails.generate(choosing(conversation, RailChoice.only(Set.of("replace"))));
            assertThat(rewritten.block()).isEmpty();
            assertThat(sent()).contains("***").doesNotContain("swordfish");

            assertThat(guardrails
                            .generate(choosing(conversation, RailChoice.NONE))
                            .block())
                    .isEmpty();
            assertThat(sent()).contains("swordfish");
        }
    }

    @Test
    void checksEarlierTurnsWhereTheModelIsNotAsked() throws IOException {
        try (Guardrails guardrails = words("all")) {
            List<Message> conversation = List.of(Message.user("swordfish"), NO, Message.user("Hello!"));

            GenerationResult result = guardrails.generate(
                    request(conversation, Optional.empty(), new GenerationOptions(Map.of(), false)));

            assertThat(result.block()).isPresent();
        }
    }

    @Test
    void discardsTheEarlyAnswerIfAnEarlierTurnIsBlocked() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [check words]
                    scope: all
                    speculative_generation: true
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            List<Message> conversation = List.of(Message.user("swordfish"), NO, Message.user("Hello!"));

            assertThat(guardrails.generate(conversation).text()).isEqualTo("I'm sorry, I can't respond to that.");
            try (GenerationStream stream = guardrails.stream(GenerationRequest.of(conversation))) {
                assertThat(Streams.events(stream)).singleElement().isInstanceOf(StreamEvent.Refusal.class);
            }
        }
    }

    private boolean blocked(Guardrails guardrails, Message... conversation) {
        return guardrails.generate(List.of(conversation)).block().isPresent();
    }

    private static List<ActivatedRail> inputRails(GenerationResult result) {
        return result.log().activatedRails().stream()
                .filter(rail -> rail.type().equals("input"))
                .toList();
    }

    /** What the main model was last asked. */
    private String sent() {
        return upstream.received().get(upstream.received().size() - 1).body();
    }

    private long judgements() {
        return upstream.received().stream()
                .filter(request -> request.body().contains("Judge this"))
                .count();
    }

    private static GenerationRequest choosing(List<Message> conversation, RailChoice choice) {
        return request(conversation, Optional.empty(), new GenerationOptions(Map.of(Stage.INPUT, choice), true));
    }

    private static GenerationRequest request(
            List<Message> conversation, Optional<String> model, GenerationOptions options) {
        return new GenerationRequest(conversation, model, Map.of(), Map.of(), options, Optional.empty());
    }

    private Guardrails words(String scope) throws IOException {
        return guardrails("""
                rails:
                  input: {flows: [check words], scope: %s}
                  config:
                    words: {forbidden: [swordfish]}
                """.formatted(scope));
    }

    private Guardrails rewriting(String scope) throws IOException {
        return guardrails("""
                rails:
                  input:
                    flows: ['replace $from="swordfish" $to="***"']
                    scope: %s
                """.formatted(scope));
    }

    private Guardrails judged(String scope, boolean parallel) throws IOException {
        return judged(scope, parallel, "Judge this: {{ text }}");
    }

    private Guardrails judged(String scope, boolean parallel, String prompt) throws IOException {
        upstream.answerWhen("Judge this", "safe");
        return guardrails("""
                prompts:
                  - task: judge_text
                    content: "%s"
                rails:
                  input: {flows: [judge], scope: %s, parallel: %s}
                """.formatted(prompt, scope, parallel));
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - {type: main, engine: custom, model: m, parameters: {base_url: "%s"}}
                """.formatted(upstream.baseUrl()) + yaml);
        return Guardrails.fromPath(folder);
    }
}
