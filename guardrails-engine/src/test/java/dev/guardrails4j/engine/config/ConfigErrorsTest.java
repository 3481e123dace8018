package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What is wrong with a configuration, word for word")
class ConfigErrorsTest {

    private static Arguments of(String yaml, String... problems) {
        return Arguments.of(yaml, List.of(problems));
    }

    static Stream<Arguments> typingErrors() {
        return Stream.of(
                of("modles: []", "1: unknown key 'modles'; did you mean 'models'?"),
                of("Rails: {}", "1: unknown key 'Rails'; did you mean 'rails'?"),
                of("something_else: 1", "1: unknown key 'something_else'"),
                of("rails:\n  inptu: {}", "2: unknown key 'inptu' in rails; did you mean 'input'?"),
                of("rails:\n  input:\n    flow: []", "3: unknown key 'flow' in rails.input; did you mean 'flows'?"),
                of(
                        "rails:\n  retrieval: {speculative_generation: true}",
                        "2: unknown key 'speculative_generation' in rails.retrieval; known keys: flows, parallel"),
                of(
                        "rails:\n  input:\n    flows:\n    - {flow: a, onerror: allow}",
                        "4: unknown key 'onerror' in rails.input.flows[0]; did you mean 'on_error'?"),
                of(
                        "models:\n- {type: main, engine: demo, modle: x}",
                        "2: unknown key 'modle' in models[0]; did you mean 'model'?"),
                of(
                        "prompts:\n- task: a\n  content: b\n  max_lenght: 5",
                        "4: unknown key 'max_lenght' in prompts[0]; did you mean 'max_length'?"),
                of(
                        "prompts:\n- task: a\n  messages: [{type: user, contents: b}]",
                        "3: prompts[0].messages[0].content is missing; write the message's template",
                        "3: unknown key 'contents' in prompts[0].messages[0]; did you mean 'content'?"),
                of(
                        "instructions: [{type: general, contents: b}]",
                        "1: instructions[0].content is missing; write the instruction",
                        "1: unknown key 'contents' in instructions[0]; did you mean 'content'?"));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                of("- a\n- b", "1: the configuration must be a map but is a list"),
                of("just text", "1: the configuration must be a map but is a string"),
                of("models: {type: main}", "1: models must be a list but is a map"),
                of(
                        "models: [main]",
                        "1: models[0] must be a map but is a string",
                        "1: models[0].type is missing; say what" + " the model is for, such as main or content_safety",
                        "1: models[0].engine is missing; say how the" + " model is reached, such as openai"),
                of("prompts: x", "1: prompts must be a list but is a string"),
                of("bot_messages: [x]", "1: bot_messages must be a map but is a list"),
                of("rails: [x]", "1: rails must be a map but is a list"),
                of("rails:\n  input: [x]", "2: rails.input must be a map but is a list"),
                of(
                        "rails:\n  input:\n    flows: self check input",
                        "3: rails.input.flows must be a list but is a string"),
                of(
                        "rails:\n  input:\n    flows: [yes, 3, [a], ]",
                        "3: rails.input.flows[0] must be a string, or a map with the key flow but is true or false; put it"
                                + " in quotes (without them YAML reads yes, no, on and off as true or false)",
                        "3: rails.input.flows[1] must be a string, or a map with the key flow but is a number; put it in"
                                + " quotes",
                        "3: rails.input.flows[2] must be a string, or a map with the key flow but is a list"),
                of(
                        "rails:\n  input:\n    flows:\n    -",
                        "4: rails.input.flows[0] must be a string, or a map with the key flow but is nothing"),
                of(
                        "rails:\n  input: {parallel: \"true\"}",
                        "2: rails.input.parallel must be true or false but is a string; write it without quotes"),
                of(
                        "rails:\n  output: {streaming: true}",
                        "2: rails.output.streaming must be a map but is true or false"),
                of("rails:\n  config: [x]", "2: rails.config must be a map but is a list"),
                of("passthrough: 1", "1: passthrough must be true or false but is a number"),
                of(
                        "enable_rails_exceptions: \"no\"",
                        "1: enable_rails_exceptions must be true or false but is a string; write it without quotes"),
                of(
                        "lowest_temperature: \"0.1\"",
                        "1: lowest_temperature must be a number but is a string; write it without quotes"),
                of("lowest_temperature: 2.1", "1: lowest_temperature must be a number from 0 to 2"),
                of("lowest_temperature: -1", "1: lowest_temperature must be a number from 0 to 2"),
                of("lowest_temperature: .nan", "1: lowest_temperature must be a finite number"),
                of("prompting_mode: ' '", "1: prompting_mode must not be blank"),
                of("prompting_mode: \"a\\nb\"", "1: prompting_mode must be one line of text"),
                of("custom_data: x", "1: custom_data must be a map but is a string"),
                of(
                        "bot_messages: {a: 1, b: [x, 2], c: [], d: }",
                        "1: bot_messages.a must be a string or a list of strings but is a number; put it in quotes",
                        "1: bot_messages.b[1] must be a string but is a number; put it in quotes",
                        "1: bot_messages.c has no text; write at least one, or remove it",
                        "1: bot_messages.d has no text; write at least one, or remove it"),
                of(
                        "actions_server_url: localhost:8001",
                        "1: actions_server_url must be a URL that begins with http:// or https://"),
                of(
                        "actions_server_url: ftp://host",
                        "1: actions_server_url must be a URL that begins with http:// or https://"),
                of(
                        "actions_server_url: 'http://'",
                        "1: actions_server_url must be a URL that begins with http:// or https://"),
                of(
                        "actions_server_url: 'http://a b'",
                        "1: actions_server_url must be a URL that begins with http:// or https://"));
    }

    static Stream<Arguments> flows() {
        return Stream.of(
                of(
                        "rails:\n  input:\n    flows:\n    - check $model=",
                        "4: rails.input.flows[0]: flow 'check $model=' has the parameter 'model' with an empty value;"
                                + " write $model=value"),
                of(
                        "rails:\n  output:\n    flows: ['']",
                        "3: rails.output.flows[0]: names no rail; write its name first, then its parameters"),
                of(
                        "rails:\n  input:\n    flows: [{on_error: allow}]",
                        "3: rails.input.flows[0].flow is missing; name the rail"),
                of(
                        "rails:\n  input:\n    flows: [{flow: a, on_error: pass, timeout: soon}]",
                        "3: rails.input.flows[0].on_error must be block or allow",
                        "3: rails.input.flows[0].timeout must be a length of time such as 250ms, 5s or 2m (a plain number"
                                + " counts seconds) but is other text"),
                of(
                        "rails:\n  input:\n    flows: [{flow: a, timeout: 0}]",
                        "3: rails.input.flows[0].timeout must be more than nothing"),
                of("rails:\n  config:\n    compat: lax", "3: rails.config.compat must be nemo, or be left out"),
                of(
                        "rails:\n  config:\n    unreadable_parts: refuse",
                        "3: rails.config.unreadable_parts must be allow or block"),
                of(
                        "rails:\n  config:\n    request_timeout: 0",
                        "3: rails.config.request_timeout must be more than nothing"),
                of("rails:\n  input: {scope: every}", "2: rails.input.scope must be new, last or all"));
    }

    @ParameterizedTest
    @MethodSource({"typingErrors", "wrongTypes", "flows"})
    void saysWhatIsWrongWhereAndHowToMendIt(String yaml, List<String> problems) {
        assertThat(Reading.problems(yaml))
                .containsExactlyElementsOf(problems.stream()
                        .map(problem -> "config.yml:" + problem)
                        .toList());
    }

    @Test
    void reportsAllProblemsAtOnceByLine() {
        assertThat(Reading.problems("""
                        modles: []
                        rails:
                          output: {flow: []}
                          input: {flows: x}
                        passthrough: maybe
                        lowest_temperature: 3
                        """))
                .extracting(problem -> problem.split(" ")[0])
                .containsExactly("config.yml:1:", "config.yml:3:", "config.yml:4:", "config.yml:5:", "config.yml:6:");
    }

    @Test
    void keepsWhatCouldBeRead() {
        LoadedConfig loaded =
                Reading.parse("passthrough: yes\nmodles: []\nprompts: [{task: a, content: b}, {task: 1, content: c}]");

        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.config().passthrough()).isTrue();
        assertThat(loaded.config().prompts()).extracting(PromptConfig::task).containsExactly("a");
    }

    @Test
    void neverShowsValuesThatMayBeSecret() {
        assertThat(Reading.problems("""
                        actions_server_url: ${MODEL_KEY}
                        lowest_temperature: ${MODEL_KEY}
                        models: ["${MODEL_KEY}", {type: main, engine: demo, api_key_env_var: "${MODEL_KEY}", mode: "${MODEL_KEY}"}]
                        """)).hasSizeGreaterThan(4).noneMatch(problem -> problem.contains("s3cret"));
    }

    @Test
    void listsProblemsUpToALimitAndNeverHidesThatThereAreErrors() {
        String warnings = "- {type: other, content: x}\n".repeat(Problems.LIMIT);

        LoadedConfig loaded = Reading.parse("instructions:\n" + warnings + "models: [x]\n");

        assertThat(loaded.problems()).hasSize(Problems.LIMIT + 1);
        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.problems().get(Problems.LIMIT).message())
                .endsWith("(and more: only the first 500 problems are listed)");
    }
}
