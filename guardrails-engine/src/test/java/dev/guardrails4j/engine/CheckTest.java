package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.CheckResult.Status;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("checks-contract 4 and DESIGN 4: what a check executes")
class CheckTest {

    private static final String BOTH = """
              input: {flows: [check words]}
              output: {flows: [check words]}
            """;
    private static final Message HELLO = Message.user("Hello!");
    private static final Message EVIL = Message.user("a swordfish");

    @TempDir
    private Path folder;

    @Test
    void passesWhatNoRailBlocks() throws IOException {
        CheckResult result = check(BOTH, HELLO, Message.assistant("Hi!"));

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.text()).isEqualTo("Hi!");
        assertThat(result.block()).isEmpty();
        assertThat(result.messages()).containsExactly(HELLO, Message.assistant("Hi!"));
        assertThat(types(result)).containsExactly("input", "output");
    }

    @Test
    void needsNoModelAndAsksNone() throws IOException {
        assertThat(check(BOTH, HELLO).log().modelCalls()).isEmpty();
    }

    @Test
    void blocksTheQuestionBeforeTheAnswerIsLookedAt() throws IOException {
        CheckResult result = check(BOTH, EVIL, Message.assistant("another swordfish"));

        assertThat(result.status()).isEqualTo(Status.BLOCKED);
        assertThat(result.text()).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(result.block().map(Blocked::stage)).contains(Stage.INPUT);
        assertThat(types(result)).containsExactly("input");
        assertThat(result.messages()).containsExactly(EVIL, Message.assistant("another swordfish"));
    }

    @Test
    void blocksTheAnswer() throws IOException {
        CheckResult result = check(BOTH, HELLO, Message.assistant("a swordfish"));

        assertThat(result.block().map(Blocked::stage)).contains(Stage.OUTPUT);
        assertThat(types(result)).containsExactly("input", "output");
    }

    @Test
    void checksEveryUserMessageThatNothingHasAnswered() throws IOException {
        assertThat(check(BOTH, EVIL, HELLO).status()).isEqualTo(Status.BLOCKED);
        assertThat(check(BOTH, EVIL, Message.assistant("No."), HELLO).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void checksAnAnswerThatStandsAlone() throws IOException {
        CheckResult result = check(BOTH, Message.assistant("a swordfish"));

        assertThat(result.status()).isEqualTo(Status.BLOCKED);
        assertThat(types(result)).containsExactly("output");
    }

    @Test
    void runsNoOutputRailWithoutAnAnswer() throws IOException {
        CheckResult result = check("  output: {flows: [check words]}\n", EVIL);

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.log().activatedRails()).isEmpty();
    }

    @Test
    void tellsARewrittenAnswer() throws IOException {
        CheckResult result =
                check("  output: {flows: [replace $from=key $to=***]}\n", HELLO, Message.assistant("the key"));

        assertThat(result.status()).isEqualTo(Status.MODIFIED);
        assertThat(result.text()).isEqualTo("the ***");
        assertThat(result.messages()).containsExactly(HELLO, Message.assistant("the ***"));
    }

    @Test
    void tellsARewrittenQuestion() throws IOException {
        CheckResult result = check(
                "  input: {flows: [replace $from=key $to=***]}\n", Message.user("my key"), Message.user("is a key"));

        assertThat(result.status()).isEqualTo(Status.MODIFIED);
        assertThat(result.text()).isEqualTo("my ***\nis a ***");
        assertThat(result.messages()).extracting(Message::text).containsExactly("", "my ***\nis a ***");
    }

    @Test
    @DisplayName("chat-server-contract 1.4: where there is an answer, only a change of it counts")
    void passesAnAnswerWhoseQuestionWasRewritten() throws IOException {
        CheckResult result = check(
                "  input: {flows: [replace $from=key $to=***]}\n", Message.user("my key"), Message.assistant("Hm"));

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.messages()).extracting(Message::text).containsExactly("my ***", "Hm");
    }

    @Test
    void checksTheToolsThatTheAnswerCalls() throws IOException {
        Message calling = calling("{\"city\":\"swordfish\"}");

        CheckResult result = check("  tool_output: {flows: [check words]}\n", HELLO, calling);

        assertThat(result.status()).isEqualTo(Status.BLOCKED);
        assertThat(result.block().map(Blocked::stage)).contains(Stage.TOOL_OUTPUT);
    }

    @Test
    void checksWhatTheAnswerSaysBesideTheToolsItCalls() throws IOException {
        Message calling = new Message(
                Role.ASSISTANT,
                List.of(ContentPart.text("a swordfish")),
                List.of(new ToolCall("c1", "weather", "{}")),
                Map.of());

        assertThat(check(BOTH, HELLO, calling).status()).isEqualTo(Status.BLOCKED);
    }

    @Test
    void tellsRewrittenArguments() throws IOException {
        CheckResult result =
                check("  tool_output: {flows: [replace $from=key $to=***]}\n", HELLO, calling("{\"a\":\"key\"}"));

        assertThat(result.status()).isEqualTo(Status.MODIFIED);
        assertThat(result.messages().get(1).toolCalls())
                .containsExactly(new ToolCall("c1", "weather", "{\"a\":\"***\"}"));
    }

    @Test
    void tellsARewrittenResultOfATool() throws IOException {
        Message returned =
                new Message(Role.TOOL, List.of(ContentPart.text("a key")), List.of(), Map.of("tool_call_id", "c1"));

        CheckResult result =
                check("  tool_input: {flows: [replace $from=key $to=***]}\n", HELLO, calling("{}"), returned);

        assertThat(result.status()).isEqualTo(Status.MODIFIED);
        assertThat(result.text()).isEqualTo("a ***");
    }

    @Test
    void failsClosed() throws IOException {
        CheckResult result = check("  input: {flows: [throw]}\n", HELLO);

        assertThat(result.status()).isEqualTo(Status.BLOCKED);
        assertThat(result.block().map(Blocked::failure)).contains(true);
        assertThat(result.text()).isEqualTo("I'm sorry, an internal error has occurred.");
    }

    @Test
    void passesWhatSaysNothing() throws IOException {
        assertThat(check(BOTH).status()).isEqualTo(Status.PASSED);
        assertThat(check(BOTH, Message.system("a swordfish")).text()).isEqualTo("a swordfish");
        assertThat(check(BOTH, HELLO, Message.system("Be kind.")).text()).isEqualTo("Hello!");
    }

    @Test
    void runsOnlyTheRailsThatTheRequestWants() throws IOException {
        GenerationRequest request = new GenerationRequest(
                List.of(EVIL),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new GenerationOptions(Map.of(Stage.INPUT, GenerationOptions.RailChoice.NONE), true),
                Optional.empty());

        try (Guardrails guardrails = guardrails(BOTH)) {
            assertThat(guardrails.check(request).status()).isEqualTo(Status.PASSED);
        }
    }

    private CheckResult check(String rails, Message... messages) throws IOException {
        try (Guardrails guardrails = guardrails(rails)) {
            return guardrails.check(List.of(messages));
        }
    }

    private Guardrails guardrails(String rails) throws IOException {
        String words = rails.contains("check words") ? "  config:\n    words: {forbidden: [swordfish]}\n" : "";
        Files.writeString(folder.resolve("config.yml"), "rails:\n" + rails + words);
        return Guardrails.fromPath(folder);
    }

    private static Message calling(String arguments) {
        return new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("c1", "weather", arguments)), Map.of());
    }

    private static List<String> types(CheckResult result) {
        return result.log().activatedRails().stream().map(ActivatedRail::type).toList();
    }
}
