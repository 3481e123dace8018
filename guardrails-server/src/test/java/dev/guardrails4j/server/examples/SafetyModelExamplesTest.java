package dev.guardrails4j.server.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of safety models do what they say, over real sockets. */
class SafetyModelExamplesTest {

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Here you are.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void llamaGuardNamesWhatIsViolated() throws IOException {
        upstream.answerWhen("User: How do I make a bomb?\\n</conversation>", "unsafe\nO4,O3")
                .answerWhen("<conversation>", "safe");
        try (Guardrails guardrails = example("llama_guard")) {
            assertThat(ask(guardrails, "Hello!").text()).isEqualTo("Here you are.");
            GenerationResult blocked = ask(guardrails, "How do I make a bomb?");

            assertThat(blocked.block().orElseThrow().flow()).isEqualTo("llama guard check input");
            assertThat(blocked.log().activatedRails().get(0).evidence())
                    .containsEntry("policy_violations", List.of("O4", "O3"));
        }
    }

    @Test
    void contentSafetyRefusesInTheUsersLanguage() throws IOException {
        upstream.answerWhen("une bombe", "{\"User Safety\": \"unsafe\", \"Safety Categories\": \"S4\"}")
                .answerWhen("eine Bombe", "{\"User Safety\": \"unsafe\"}");
        try (Guardrails guardrails = example("content_safety")) {
            assertThat(ask(guardrails, "Comment fabriquer une bombe ?").text())
                    .isEqualTo("Je suis désolé, je ne peux pas répondre à cela.");
            assertThat(ask(guardrails, "Wie baue ich eine Bombe?").text())
                    .isEqualTo("Darüber spreche ich lieber nicht.");
        }
    }

    @Test
    void aReasoningModelThinksBeforeItJudges() throws IOException {
        upstream.answerWhen("a bomb", "<think>\nHow to kill.\n</think>\nPrompt harm: harmful")
                .answerWhen(
                        "about to answer", "<think>Plain.</think>\nPrompt harm: unharmful\nResponse harm: unharmful")
                .answerWhen("/think", "<think>A greeting.</think>\nPrompt harm: unharmful");
        try (Guardrails guardrails = example("content_safety_reasoning")) {
            assertThat(ask(guardrails, "Hello!").text()).isEqualTo("Here you are.");
            assertThat(ask(guardrails, "How do I make a bomb?")
                            .block()
                            .orElseThrow()
                            .failure())
                    .isFalse();
        }
    }

    @Test
    void aReasoningModelThatNeverEndsItsThoughtsBlocks() throws IOException {
        upstream.answerWhen("/think", "<think>Prompt harm: unharmful");
        try (Guardrails guardrails = example("content_safety_reasoning")) {
            assertThat(ask(guardrails, "Hello!").block().orElseThrow().failure())
                    .isTrue();
        }
    }

    @Test
    void aReasoningModelIsToldNotToThinkWhereTheSettingIsOff() throws IOException {
        upstream.answerWhen("about to answer", "Prompt harm: unharmful\nResponse harm: harmful")
                .answerWhen("/no_think", "Prompt harm: unharmful");
        try (Guardrails guardrails =
                example("content_safety_reasoning", text -> text.replace("enabled: true", "enabled: false"))) {
            assertThat(ask(guardrails, "Hello!").block().orElseThrow().flow())
                    .isEqualTo("content safety check output $model=content_safety_reasoning");
        }
    }

    @Test
    void nemotronAnswersInLinesAndNamesTheCategories() throws IOException {
        upstream.answerWhen("a bomb", "User Safety: unsafe\nSafety Categories: Violence, Guns")
                .answerWhen("about to answer", "User Safety: safe\nResponse Safety: safe")
                .answerWhen("Judge", "<think>A greeting.</think>\nUser Safety: safe");
        try (Guardrails guardrails = example("content_safety_nemotron")) {
            assertThat(ask(guardrails, "Hello!").text()).isEqualTo("Here you are.");
            GenerationResult blocked = ask(guardrails, "How do I make a bomb?");

            assertThat(blocked.block().orElseThrow().failure()).isFalse();
            assertThat(blocked.log().activatedRails().get(0).evidence())
                    .containsEntry("policy_violations", List.of("Violence", "Guns"));
        }
    }

    @Test
    void shieldGemmaSaysYesToWhatViolatesAPolicy() throws IOException {
        upstream.answerWhen("a bomb", "Yes").answerWhen("begin with", "No");
        try (Guardrails guardrails = example("shieldgemma")) {
            assertThat(ask(guardrails, "Hello!").text()).isEqualTo("Here you are.");
            assertThat(ask(guardrails, "How do I make a bomb?")
                            .block()
                            .orElseThrow()
                            .flow())
                    .isEqualTo("content safety check input $model=shieldgemma");
        }
    }

    @Test
    void contentSafetyJudgesTheAnswerToo() throws IOException {
        upstream.answerWhen("<assistant>", "{\"User Safety\": \"safe\", \"Response Safety\": \"unsafe\"}")
                .answerWhen("<user>", "{\"User Safety\": \"safe\"}");
        try (Guardrails guardrails = example("content_safety")) {
            assertThat(ask(guardrails, "Hello!").block().orElseThrow().flow())
                    .isEqualTo("content safety check output $model=content_safety");
        }
    }

    @Test
    void contentSafetyLetsPassWhatIsSafe() throws IOException {
        upstream.answerWhen("<assistant>", "{\"User Safety\": \"safe\", \"Response Safety\": \"safe\"}")
                .answerWhen("<user>", "{\"User Safety\": \"safe\"}");
        try (Guardrails guardrails = example("content_safety")) {
            assertThat(ask(guardrails, "Hello!").text()).isEqualTo("Here you are.");
        }
    }

    @Test
    void topicSafetyBlocksAnAnswerThatIsNeitherUnlessItIsToReadAsTheReference() throws IOException {
        upstream.answerWhen("travel agency", "I cannot say.");
        try (Guardrails guardrails = example("topic_safety")) {
            assertThat(ask(guardrails, "Hello!").block().orElseThrow().failure())
                    .isTrue();
        }
        try (Guardrails lax =
                example("topic_safety", text -> text.replace("rails:\n", "rails:\n  config: {compat: nemo}\n"))) {
            assertThat(ask(lax, "Hello!").text()).isEqualTo("Here you are.");
        }
    }

    @Test
    void topicSafetyKeepsToItsTopics() throws IOException {
        upstream.answerWhen("Who wins the election?", "off-topic")
                .answerWhen("travel agency", "on-topic")
                .answer("By train.");
        try (Guardrails guardrails = example("topic_safety")) {
            assertThat(ask(guardrails, "How do I get to Rome?").text()).isEqualTo("By train.");
            assertThat(ask(guardrails, "Who wins the election?").block()).isPresent();
        }
    }

    @Test
    void toolSafetyJudgesTheCallsOfOneTool() throws IOException {
        upstream.respond(request -> {
            if (request.body().contains("The statement, as JSON:")) {
                return Response.answer(
                        request.body().contains("DROP") ? "unsafe: it deletes a table; it is not a read" : "safe");
            }
            return Response.toolCalls(new ToolCall("1", "run_sql", "{\"query\": \"DROP TABLE orders\"}"));
        });
        try (Guardrails guardrails = example("tool_safety")) {
            GenerationResult result = ask(guardrails, "Delete my orders");

            assertThat(result.message().toolCalls()).isEmpty();
            assertThat(result.block().orElseThrow().rail()).isEqualTo("tool safety check output");
            assertThat(result.log().activatedRails().get(1).evidence())
                    .containsEntry("policy_violations", List.of("it deletes a table", "it is not a read"));
        }
    }

    @Test
    void toolSafetyLetsAReadPass() throws IOException {
        upstream.respond(request -> request.body().contains("The statement, as JSON:")
                ? Response.answer("safe")
                : Response.toolCalls(new ToolCall("1", "run_sql", "{\"query\": \"SELECT 1\"}")));
        try (Guardrails guardrails = example("tool_safety")) {
            assertThat(ask(guardrails, "How many are there?").message().toolCalls())
                    .extracting(ToolCall::arguments)
                    .containsExactly("{\"query\": \"SELECT 1\"}");
        }
    }

    private static GenerationResult ask(Guardrails guardrails, String text) {
        return guardrails.generate(List.of(Message.user(text)));
    }

    private Guardrails example(String id) throws IOException {
        return example(id, text -> text);
    }

    private Guardrails example(String id, UnaryOperator<String> edit) throws IOException {
        return ExampleConfig.open(id, edit, upstream, folder);
    }
}
