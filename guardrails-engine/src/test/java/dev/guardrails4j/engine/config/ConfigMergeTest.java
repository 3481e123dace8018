package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Several configurations in one, contract \"chat server\" 4.5")
class ConfigMergeTest {

    private static LoadedConfig combined(String... yamls) {
        List<LoadedConfig> parts = new ArrayList<>();
        for (String yaml : yamls) {
            parts.add(Reading.loader().parse("c" + (parts.size() + 1), yaml));
        }
        return ConfigLoader.combine(parts);
    }

    private static RailsConfig config(String... yamls) {
        LoadedConfig loaded = combined(yamls);
        assertThat(loaded.problems()).isEmpty();
        return loaded.config();
    }

    @Test
    void isTheConfigurationItselfWhenThereIsOne() {
        LoadedConfig only = Reading.parse("passthrough: true");

        assertThat(ConfigLoader.combine(List.of(only))).isEqualTo(only);
    }

    @Test
    void needsAtLeastOne() {
        assertThatThrownBy(() -> ConfigLoader.combine(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinsTheIdsByCommas() {
        assertThat(config("{}", "{}", "{}").id()).isEqualTo("c1,c2,c3");
    }

    @Test
    void takesSingleValuesFromTheLaterAlsoItsDefaults() {
        RailsConfig config = config(
                "passthrough: true\nlowest_temperature: 0.5\nprompting_mode: compact\nenable_rails_exceptions: true",
                "lowest_temperature: 0.7");

        assertThat(config.lowestTemperature()).isEqualTo(0.7);
        assertThat(config.passthrough()).isFalse();
        assertThat(config.promptingMode()).isEqualTo("standard");
        assertThat(config.railsExceptions()).isFalse();
    }

    @Test
    void putsTheItemsOfTheLaterFirst() {
        RailsConfig config = config("""
                models: [{type: main, engine: demo}, {type: a, engine: demo, model: m}]
                prompts: [{task: t1, content: x}, {task: t2, content: x}]
                instructions: [{type: general, content: one}]
                rails: {input: {flows: [a, b]}, output: {flows: [o]}}
                """, """
                models: [{type: b, engine: demo, model: m}, {type: main, engine: demo}]
                prompts: [{task: t3, content: x}, {task: t1, content: x}, {task: t2, content: other}]
                instructions: [{type: general, content: two}]
                rails: {input: {flows: [c, b]}, retrieval: {flows: [r]}}
                """);

        assertThat(config.models()).extracting(ModelConfig::type).containsExactly("b", "main", "a");
        assertThat(config.prompts()).extracting(PromptConfig::task).containsExactly("t3", "t1", "t2", "t2");
        assertThat(config.generalInstructions()).contains("two\none");
        assertThat(flows(config, Stage.INPUT)).containsExactly("c", "b", "a");
        assertThat(flows(config, Stage.RETRIEVAL)).containsExactly("r");
        assertThat(flows(config, Stage.OUTPUT)).containsExactly("o");
    }

    @Test
    void givesRequestsTheShorterTime() {
        assertThat(config("rails: {config: {request_timeout: 5s}}", "rails: {config: {request_timeout: 2m}}")
                        .running()
                        .requestTimeout())
                .contains(Duration.ofSeconds(5));
        assertThat(config("{}", "rails: {config: {request_timeout: 2m}}")
                        .running()
                        .requestTimeout())
                .contains(Duration.ofMinutes(2));
    }

    private static List<String> flows(RailsConfig config, Stage stage) {
        return config.flows().get(stage).stream()
                .map(flow -> flow.reference().text())
                .toList();
    }

    @Test
    void tellsFlowsApartByTheirParameters() {
        RailsConfig config =
                config("rails: {input: {flows: [a $v=1, a $v=2]}}", "rails: {input: {flows: [a $v=2, a]}}");

        assertThat(flows(config, Stage.INPUT)).containsExactly("a $v=2", "a", "a $v=1");
    }

    @Test
    void mergesMapsAtEveryDepth() {
        RailsConfig config = config("""
                bot_messages: {x: [one, both], y: one}
                rails:
                  config:
                    compat: nemo
                    unreadable_parts: block
                    regex_detection: {input: {patterns: [a, b], case_insensitive: true}, output: {patterns: [o]}}
                    only_first: {k: 1}
                """, """
                bot_messages: {x: [two, both]}
                rails:
                  config:
                    regex_detection: {input: {patterns: [b, c], case_insensitive: false}, output: }
                    only_second: {k: 2}
                """);

        assertThat(config.compat()).isTrue();
        assertThat(config.refusesUnreadableParts()).isTrue();
        assertThat(config.botMessages()).isEqualTo(Map.of("x", List.of("two", "both", "one"), "y", List.of("one")));
        assertThat(config.railSettings().toPlainValue())
                .isEqualTo(Map.of(
                        "regex_detection",
                        Map.of(
                                "input", Map.of("patterns", List.of("b", "c", "a"), "case_insensitive", false),
                                "output", Map.of("patterns", List.of("o"))),
                        "only_first",
                        Map.of("k", 1),
                        "only_second",
                        Map.of("k", 2)));
    }

    static Stream<Arguments> conflicts() {
        String engine = "Both config files should have the same engine for the same model type";
        String model = "Both config files should have the same model for the same model type";
        String url = "Both config files should have the same actions_server_url";
        return Stream.of(
                Arguments.of(
                        "models: [{type: main, engine: demo}]",
                        "models: [{type: main, engine: nim}]",
                        "c2:1: " + engine),
                Arguments.of(
                        "models: [{type: main, engine: demo, model: a}]",
                        "\nmodels: [{type: main, engine: demo, model: b}]",
                        "c2:2: " + model),
                Arguments.of(
                        "models: [{type: main, engine: demo, model: a}]",
                        "models: [{type: main, engine: demo}]",
                        "c2:1: " + model),
                Arguments.of("actions_server_url: http://a", "actions_server_url: http://b", "c2: " + url),
                Arguments.of("actions_server_url: http://a", "{}", "c2: " + url));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void reportsWhatCannotBeCombined(String first, String second, String problem) {
        assertThat(combined(first, second).problems())
                .extracting(Problem::toString)
                .containsExactly(problem);
    }

    @Test
    void combinesTheSameModelWithDifferentParameters() {
        RailsConfig config = config(
                "models: [{type: main, engine: demo, model: m, parameters: {temperature: 0.1}}]",
                "models: [{type: main, engine: DEMO, model: m, parameters: {temperature: 0.2}}]");

        assertThat(config.models()).hasSize(2);
        assertThat(config.model("main").orElseThrow().parameters().toPlainValue())
                .isEqualTo(Map.of("temperature", 0.2));
    }

    @Test
    void keepsTheProblemsOfEveryPart() {
        LoadedConfig loaded = combined("a: 1", "{}", "b: 1");

        assertThat(loaded.problems())
                .extracting(Problem::toString)
                .containsExactly("c1:1: unknown key 'a'", "c3:1: unknown key 'b'");
    }
}
