package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of a rail's model, contract "config and rails" 6.1. */
class ModelCacheTest {

    private static final List<Message> QUESTION = List.of(Message.user("Hello!"));

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void asksAJudgeOnceAboutTheSame() throws IOException {
        upstream.answerWhen("Judge this", "safe");
        try (Guardrails guardrails = guardrails("judge", "judge")) {
            guardrails.generate(QUESTION);
            GenerationResult result = guardrails.generate(QUESTION);

            assertThat(asked("Judge this")).isEqualTo(1);
            assertThat(upstream.received()).hasSize(3);
            assertThat(result.text()).isEqualTo("Hello to you.");
        }
    }

    /** As the reference: the log shows the tokens that the answer once took, and says that it is from the cache. */
    @Test
    void saysInTheLogWhatIsFromTheCache() throws IOException {
        upstream.answerWhen("Judge this", "safe");
        try (Guardrails guardrails = guardrails("judge", "judge")) {
            assertThat(judgement(guardrails.generate(QUESTION)).fromCache()).isFalse();

            GenerationResult result = guardrails.generate(QUESTION);

            assertThat(judgement(result)).satisfies(call -> {
                assertThat(call.fromCache()).isTrue();
                assertThat(call.completion()).isEqualTo("safe");
                assertThat(call.usage()).isEqualTo(new TokenUsage(7, 5));
                assertThat(call.rawResponse()).isEmpty();
            });
            assertThat(result.log().modelCalls().filter(call -> call.task().equals("general")))
                    .singleElement()
                    .satisfies(call -> assertThat(call.fromCache()).isFalse());
        }
    }

    @Test
    void remembersABlockAsWell() throws IOException {
        upstream.answerWhen("Judge this", "unsafe");
        try (Guardrails guardrails = guardrails("judge", "judge")) {
            assertThat(guardrails.generate(QUESTION).block()).isPresent();
            assertThat(guardrails.generate(QUESTION).block()).isPresent();

            assertThat(asked("Judge this")).isEqualTo(1);
        }
    }

    @Test
    void asksAgainIfTheAnswerCouldNotBeUnderstood() throws IOException {
        upstream.answerWhen("Judge this", "I would rather not say.");
        try (Guardrails guardrails = guardrails("judge", "judge")) {
            assertThat(guardrails.generate(QUESTION).block()).isPresent();
            assertThat(guardrails.generate(QUESTION).block()).isPresent();

            assertThat(asked("Judge this")).isEqualTo(2);
        }
    }

    @Test
    void neverRemembersTheMainModel() throws IOException {
        upstream.answerWhen("Judge this", "safe");
        try (Guardrails guardrails = guardrails("main", "other")) {
            assertThat(guardrails.warnings())
                    .anySatisfy(warning ->
                            assertThat(warning.toString()).contains("answers of the main model are never cached"));
            guardrails.generate(QUESTION);
            guardrails.generate(QUESTION);

            assertThat(asked("Judge this")).isEqualTo(2);
            assertThat(upstream.received()).hasSize(4);
        }
    }

    @Test
    void sharesNothingBetweenConfigurations() throws IOException {
        upstream.answerWhen("Judge this", "safe");
        try (Guardrails one = guardrails("judge", "judge");
                Guardrails two = guardrails("judge", "judge")) {
            one.generate(QUESTION);
            two.generate(QUESTION);

            assertThat(asked("Judge this")).isEqualTo(2);
        }
    }

    private static ModelCall judgement(GenerationResult result) {
        return result.log()
                .modelCalls()
                .filter(call -> call.task().equals("judge_text"))
                .findFirst()
                .orElseThrow();
    }

    private long asked(String text) {
        return upstream.received().stream()
                .filter(request -> request.body().contains(text))
                .count();
    }

    /** @param cached which model has a cache */
    private Guardrails guardrails(String cached, String judge) throws IOException {
        String model =
                "  - {type: %s, engine: custom, model: m, parameters: {base_url: \"%s\"}, cache: {enabled: %s}}%n";
        Files.writeString(
                folder.resolve("config.yml"),
                "models:\n"
                        + model.formatted("main", upstream.baseUrl(), cached.equals("main"))
                        + model.formatted(judge, upstream.baseUrl(), cached.equals("judge"))
                        + """
                        prompts:
                          - task: judge_text
                            content: "Judge this: {{ text }}"
                        rails:
                          input: {flows: [judge]}
                        """);
        return Guardrails.fromPath(folder);
    }
}
