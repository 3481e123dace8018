package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.PromptConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Choice of prompts, contract config-and-rails 1.5")
final class PromptsTest {

    private static final String TASK = "self_check_input";

    @ParameterizedTest
    @CsvSource({
        // the model's own prompt before those that fit less
        "openai/gpt-4o, 'any;openai;gpt-4o;openai/gpt-4o;gpt', openai/gpt-4o",
        "openai/gpt-4o, 'gpt-4o;any;openai;gpt', gpt-4o",
        "openai/gpt-4o, 'openai;gpt;any', openai",
        "openai/gpt-4o, 'gpt;any', gpt",
        "openai/gpt-4o, 'nim;any', any",
        "openai/gpt-4o, 'any;nim/meta/llama', any",
        "nim/meta/llama-3.1, 'meta/llama-3.1;nim', meta/llama-3.1",
        "openai, 'any;openai', openai",
        "openai/, 'any;openai', openai",
        "OpenAI/GPT-4o, 'any;openai/gpt-4O', openai/gpt-4O",
        // one that names other models is better than none
        "openai/gpt-4o, 'nim', nim"
    })
    void choosesThePromptThatNamesTheModelBest(String model, String offered, String chosen) {
        List<PromptConfig> prompts = List.of(offered.split(";")).stream()
                .map(models ->
                        PromptConfigs.of(TASK, models).forModels(models.equals("any") ? List.of() : List.of(models)))
                .map(PromptConfigs::build)
                .toList();

        assertThat(text(new Prompts(prompts, "standard", Map.of()), model)).isEqualTo(chosen);
    }

    @Test
    void choosesTheLastOfEqualPrompts() {
        Prompts prompts = prompts(PromptConfigs.of(TASK, "first"), PromptConfigs.of(TASK, "second"));

        assertThat(text(prompts, "openai/gpt-4o")).isEqualTo("second");
    }

    @Test
    void takesTheBestOfTheModelsThatAPromptNames() {
        Prompts prompts = prompts(
                PromptConfigs.of(TASK, "both").forModels(List.of("openai", "openai/gpt-4o")),
                PromptConfigs.of(TASK, "model").forModels(List.of("gpt-4o")));

        assertThat(text(prompts, "openai/gpt-4o")).isEqualTo("both");
    }

    @Test
    void halvesStandardPromptsInAnotherMode() {
        List<PromptConfig> prompts = List.of(
                PromptConfigs.of(TASK, "standard for provider")
                        .forModels(List.of("openai"))
                        .build(),
                PromptConfigs.of(TASK, "compact for any").inMode("compact").build(),
                PromptConfigs.of(TASK, "standard for any").build());

        assertThat(text(new Prompts(prompts, "compact", Map.of()), "openai/gpt-4o"))
                .isEqualTo("standard for provider");
        assertThat(text(new Prompts(prompts, "compact", Map.of()), "nim/llama")).isEqualTo("compact for any");
    }

    @Test
    void skipsPromptsOfOtherModes() {
        Prompts prompts = prompts(
                PromptConfigs.of(TASK, "compact").inMode("compact").forModels(List.of("openai/gpt-4o")),
                PromptConfigs.of(TASK, "standard"));

        assertThat(text(prompts, "openai/gpt-4o")).isEqualTo("standard");
        assertThat(prompts(PromptConfigs.of(TASK, "compact").inMode("compact")).find(TASK, "openai/gpt-4o"))
                .isEmpty();
    }

    @Test
    void findsPromptsByTheirTaskVerbatim() {
        Prompts prompts = prompts(
                PromptConfigs.of("content_safety_check_input $model=content_safety", "safety"),
                PromptConfigs.of(TASK, "self"));

        assertThat(prompts.find("content_safety_check_input $model=content_safety", "nim/x"))
                .isPresent();
        assertThat(prompts.find("content_safety_check_input", "nim/x")).isEmpty();
        assertThat(prompts.tasks()).containsExactly("content_safety_check_input $model=content_safety", TASK);
    }

    @Test
    void tellsEveryProblemWithItsPlaceTaskAndMend() {
        Prompts prompts = prompts(
                PromptConfigs.of(TASK, "ok\n{{ user_input | uper }}").at("prompts.yml", 3),
                PromptConfigs.of("self_check_output", "{% if x %}\n{{ y }}").at("prompts.yml", 9),
                PromptConfigs.of("a", "{{ history | verbose_v1 }}").at("prompts.yml", 12),
                PromptConfigs.of("b", "fine").parser("is_content_save").at("prompts.yml", 15));

        assertThat(prompts.problems())
                .allMatch(Problem::isError)
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("prompts.yml:3: prompt 'self_check_input', line 2 of the template: "
                                        + "unknown filter 'uper'; did you mean 'upper'?"),
                        second -> assertThat(second)
                                .isEqualTo("prompts.yml:9: prompt 'self_check_output', line 1 of the template: "
                                        + "{% if %} is not closed; end it with {% endif %}"),
                        third -> assertThat(third)
                                .contains("'verbose_v1' is for Colang dialogs, which are not supported here"),
                        fourth -> assertThat(fourth)
                                .isEqualTo("prompts.yml:15: prompt 'b': "
                                        + "unknown output_parser 'is_content_save'; did you mean 'is_content_safe'?"));
    }

    @Test
    void failsClosedWhenAPromptWithAProblemIsRendered() {
        CompiledPrompt broken = prompts(PromptConfigs.of(TASK, "{{ x | nope }}").at("prompts.yml", 3))
                .find(TASK, "openai/gpt-4o")
                .orElseThrow();

        assertThatThrownBy(() -> broken.render(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'self_check_input' (prompts.yml:3) cannot be rendered");
    }

    @Test
    void hasNoProblemsWithTextParsersAndUnknownVariables() {
        Prompts prompts =
                prompts(PromptConfigs.of(TASK, "{{ my_own_variable }}").parser("bot_message"));

        assertThat(prompts.problems()).isEmpty();
    }

    private static Prompts prompts(PromptConfigs... prompts) {
        return new Prompts(List.of(prompts).stream().map(PromptConfigs::build).toList(), "standard", Map.of());
    }

    private static String text(Prompts prompts, String model) {
        return prompts.find(TASK, model).orElseThrow().render(Map.of()).get(0).text();
    }
}
