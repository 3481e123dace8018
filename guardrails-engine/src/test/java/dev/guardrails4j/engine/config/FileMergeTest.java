package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Several files of one configuration, contract \"config and rails\" 1.7")
class FileMergeTest {

    @TempDir
    Path folder;

    private LoadedConfig merged(String first, String second) {
        Reading.write(folder, "a.yml", first);
        Reading.write(folder, "b.yml", second);
        return Reading.loader().load(folder);
    }

    private List<String> problems(LoadedConfig loaded) {
        return loaded.problems().stream()
                .map(problem -> problem.toString().replace(folder.toString() + "/", ""))
                .toList();
    }

    @Test
    void joinsLists() {
        LoadedConfig loaded = merged(
                "models: [{type: main, engine: demo}]\ninstructions: [{type: general, content: one}]\n"
                        + "prompts: [{task: a, content: x}]",
                "models: [{type: judge, engine: demo, model: m}]\ninstructions: [{type: general, content: two}]\n"
                        + "prompts: [{task: b, content: x}]");

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config().models()).extracting(ModelConfig::type).containsExactly("main", "judge");
        assertThat(loaded.config().generalInstructions()).contains("one\ntwo");
        assertThat(loaded.config().prompts()).extracting(PromptConfig::task).containsExactly("a", "b");
    }

    @Test
    void mergesMaps() {
        LoadedConfig loaded = merged("bot_messages: {a: one, b: one}", "bot_messages: {b: two, c: two}");

        assertThat(loaded.config().botMessages())
                .isEqualTo(Map.of("a", List.of("one"), "b", List.of("two"), "c", List.of("two")));
    }

    @Test
    void replacesEveryOtherValueByTheLastWithAWarning() {
        LoadedConfig loaded =
                merged("passthrough: true\nlowest_temperature: 0.5", "passthrough: false\nlowest_temperature: 0.5");

        assertThat(loaded.config().passthrough()).isFalse();
        assertThat(problems(loaded)).containsExactly("b.yml:1: warning: passthrough replaces the one in a.yml:1");
    }

    @Test
    void keepsTheFirstActionsServer() {
        LoadedConfig loaded = merged("actions_server_url: http://one", "actions_server_url: http://two");

        assertThat(loaded.config().actionsServerUrl()).contains("http://one");
        assertThat(problems(loaded))
                .containsExactly("b.yml:1: warning: actions_server_url is ignored, because of the one in a.yml:1");
    }

    @Test
    void replacesRailsAsAWholeAndSaysWhatIsDropped() {
        LoadedConfig loaded =
                merged("""
                rails:
                  input:
                    flows: [self check input, {flow: kept}]
                  config:
                    regex_detection: {}
                """, "rails:\n  input:\n    flows: [{flow: kept}]\n  output:\n    flows: [self check output]\n");

        assertThat(loaded.config().flows().get(Stage.INPUT))
                .extracting(flow -> flow.reference().name())
                .containsExactly("kept");
        assertThat(loaded.config().flows().get(Stage.OUTPUT)).hasSize(1);
        assertThat(problems(loaded))
                .containsExactly("b.yml:1: warning: rails replaces all of rails in a.yml:1, which drops the flow"
                        + " 'self check input', rails.config.regex_detection; write rails in one file");
    }

    @Test
    void isSilentWhenReplacingRailsDropsNothing() {
        LoadedConfig loaded =
                merged("rails: {input: {flows: [a]}}", "rails: {input: {flows: [a, b]}, output: {flows: []}}");

        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void reportsValuesOfTheWrongTypeInTheirOwnFile() {
        assertThat(problems(merged("models: x\n", "models: [{type: main, engine: demo}]\nbot_messages: y\n")))
                .containsExactly(
                        "a.yml:1: models must be a list but is a string",
                        "b.yml:2: bot_messages must be a map but is a string");
    }

    @Test
    void ignoresEmptyFilesAndEmptyValues() {
        LoadedConfig loaded = merged("# nothing\n", "models:\nrails: {input: {flows: [a]}}\n");
        Reading.write(folder, "c.yml", "rails:\n");

        assertThat(loaded.problems()).isEmpty();
        assertThat(Reading.loader().load(folder).config().flows().get(Stage.INPUT))
                .hasSize(1);
    }
}
