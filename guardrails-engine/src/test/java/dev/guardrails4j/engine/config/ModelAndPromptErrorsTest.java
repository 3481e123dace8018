package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What is wrong with models and prompts, word for word")
class ModelAndPromptErrorsTest {

    private static Arguments of(String yaml, String... problems) {
        return Arguments.of(yaml, List.of(problems));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                of(
                        "models: [{}]",
                        "1: models[0].type is missing; say what the model is for, such as main or content_safety",
                        "1: models[0].engine is missing; say how the model is reached, such as openai"),
                of("models: [{type: main, engine: ' '}]", "1: models[0].engine must not be blank"),
                of("models: [{type: main, engine: demo, model: ''}]", "1: models[0].model must not be blank"),
                of(
                        "models: [{type: main, engine: demo, model: 4}]",
                        "1: models[0].model must be a string but is a number; put it in quotes"),
                of(
                        "models: [{type: judge, engine: demo}]",
                        "1: models[0].model is missing; only a model of type main may be left to the request"),
                of(
                        "models:\n- {type: main, engine: demo, model: a, parameters: {model_name: a, model: b}}",
                        "2: models[0] names its model in model and in parameters.model and in parameters.model_name; keep"
                                + " one"),
                of(
                        "models: [{type: main, engine: demo, parameters: [x]}]",
                        "1: models[0].parameters must be a map but is a list"),
                of(
                        "models:\n- type: main\n  engine: demo\n  api_key_env_var: UNSET",
                        "4: Model API Key environment variable 'UNSET' not set."),
                of(
                        "models:\n- type: main\n  engine: demo\n  api_key_env_var: BLANK",
                        "4: Model API Key environment variable 'BLANK' not set."),
                of(
                        "models:\n- type: main\n  engine: demo\n  api_key_env_var: ${MODEL_KEY}",
                        "4: models[0].api_key_env_var must be the name of an environment variable, without $ and braces;"
                                + " never the key itself"),
                of(
                        "models:\n- type: main\n  engine: demo\n  api_key_env_var: sk-123",
                        "4: models[0].api_key_env_var must be the name of an environment variable, without $ and braces;"
                                + " never the key itself"),
                of(
                        "models: [{type: main, engine: demo, mode: text}]",
                        "1: models[0].mode is known to NeMo Guardrails but not supported here yet: only chat models are"
                                + " called; write mode: chat"),
                of("models: [{type: main, engine: demo, mode: chatty}]", "1: models[0].mode must be chat"),
                of(
                        "models:\n- {type: main, engine: demo}\n- {type: main, engine: demo}",
                        "3: warning: models[1] is a second model of type 'main' and is never used"),
                of(
                        "models: [{type: main, engine: demo, cache: {enabled: true}}]",
                        "1: warning: models[0].cache.enabled has no effect: answers of the main model are never cached"),
                of(
                        "models: [{type: judge, engine: demo, model: m, cache: {enabled: true, maxsize: 0}}]",
                        "1: models[0].cache.maxsize must be at least 1"),
                of(
                        "models: [{type: judge, engine: demo, model: m, cache: {enabled: true, max_size: 5}}]",
                        "1: unknown key 'max_size' in models[0].cache; did you mean 'maxsize'?"),
                of(
                        "models: [{type: judge, engine: demo, model: m, cache: {stats: {enabled: true, log_interval: 0}}}]",
                        "1: models[0].cache.stats.log_interval must be more than nothing"),
                of(
                        "models: [{type: judge, engine: demo, model: m, cache: {stats: {log_interval: 60}}}]",
                        "1: warning: models[0].cache.stats.log_interval has no effect unless stats.enabled is true"),
                of(
                        "models: [{type: main, engine: demo, reasoning_config: {start_token: x}}]",
                        "1: warning: models[0].reasoning_config is a key that NeMo Guardrails has removed; reasoning is"
                                + " always separated"),
                of(
                        "models: [{type: embeddings, engine: FastEmbed, model: all-MiniLM-L6-v2}]",
                        "1: warning: models[0] is known to NeMo Guardrails but not supported here yet: there is no"
                                + " knowledge base and no dialog rail that would use embeddings"));
    }

    static Stream<Arguments> prompts() {
        return Stream.of(
                of(
                        "prompts: [{content: a}]",
                        "1: prompts[0].task is missing; name the task that the prompt is for, such as self_check_input"),
                of("prompts: [{task: a}]", "1: prompts[0]: One of `content` or `messages` must be provided."),
                of(
                        "prompts: [{task: a, content: '', messages: []}]",
                        "1: prompts[0]: One of `content` or `messages` must be provided."),
                of(
                        "prompts: [{task: a, content: b, messages: [c]}]",
                        "1: prompts[0]: Only one of `content` or `messages` must be provided."),
                of("prompts: [{task: a, content: [b]}]", "1: prompts[0].content must be a string but is a list"),
                of("prompts: [{task: a, messages: b}]", "1: prompts[0].messages must be a list but is a string"),
                of("prompts: [{task: a, messages: [1]}]", "1: prompts[0].messages[0] must be a map but is a number"),
                of(
                        "prompts: [{task: a, messages: [~]}]",
                        "1: prompts[0].messages[0] must be a map of type and content, or a template but is nothing"),
                of(
                        "prompts: [{task: a, messages: [{type: bot, content: b}, {type: tool, content: b}, {content: b}]}]",
                        "1: prompts[0].messages[0].type must be system, developer, user or assistant",
                        "1: prompts[0].messages[1].type must be system, developer, user or assistant",
                        "1: prompts[0].messages[2].type is missing; write system, user or assistant"),
                of("prompts: [{task: a, content: b, max_length: 0}]", "1: prompts[0].max_length must be at least 1"),
                of(
                        "prompts: [{task: a, content: b, max_length: 1.5}]",
                        "1: prompts[0].max_length must be a whole number but has a fraction"),
                of("prompts: [{task: a, content: b, max_tokens: 0}]", "1: prompts[0].max_tokens must be at least 1"),
                of(
                        "prompts: [{task: a, content: b, max_tokens: 99999999999}]",
                        "1: prompts[0].max_tokens must be at most 2147483647"),
                of("prompts: [{task: a, content: b, stop: END}]", "1: prompts[0].stop must be a list but is a string"),
                of(
                        "prompts: [{task: a, content: b, models: [1, c, 2]}]",
                        "1: prompts[0].models[0] must be a string but is a number; put it in quotes",
                        "1: prompts[0].models[2] must be a string but is a number; put it in quotes"));
    }

    @ParameterizedTest
    @MethodSource({"models", "prompts"})
    void saysWhatIsWrongWhereAndHowToMendIt(String yaml, List<String> problems) {
        assertThat(Reading.problems(yaml))
                .containsExactlyElementsOf(problems.stream()
                        .map(problem -> "config.yml:" + problem)
                        .toList());
    }
}
