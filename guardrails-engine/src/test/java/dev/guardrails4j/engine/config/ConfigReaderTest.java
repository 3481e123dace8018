package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.FlowConfig.OnError;
import dev.guardrails4j.engine.config.PromptConfig.MessageTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sound configurations, contract \"config and rails\" 1.1 to 1.5")
class ConfigReaderTest {

    @Test
    void hasDefaultsForAllThatIsNotSaid() {
        RailsConfig config = Reading.sound("models: []");

        assertThat(config.id()).isEqualTo("config.yml");
        assertThat(config.models()).isEmpty();
        assertThat(config.prompts()).isEmpty();
        assertThat(config.flows())
                .containsOnlyKeys(Stage.values())
                .allSatisfy((stage, flows) -> assertThat(flows).isEmpty());
        assertThat(config.railSettings().entries()).isEmpty();
        assertThat(config.railSettings().path()).isEqualTo("rails.config");
        assertThat(config.generalInstructions()).isEmpty();
        assertThat(config.botMessages()).isEmpty();
        assertThat(config.lowestTemperature()).isEqualTo(0.001);
        assertThat(config.promptingMode()).isEqualTo("standard");
        assertThat(config.railsExceptions()).isFalse();
        assertThat(config.passthrough()).isFalse();
        assertThat(config.actionsServerUrl()).isEmpty();
        assertThat(config.compat()).isFalse();
    }

    @Test
    void takesKeysWithNothingBehindThemForMissing() {
        assertThat(Reading.sound("""
                                models:
                                prompts:
                                instructions:
                                rails:
                                  input:
                                    flows:
                                  config:
                                passthrough:
                                """).flows().get(Stage.INPUT)).isEmpty();
    }

    @Test
    void readsTheTopLevel() {
        RailsConfig config = Reading.sound("""
                colang_version: "1.0"
                instructions:
                - {type: general, content: Be kind.}
                - {type: general, content: Be brief.}
                bot_messages:
                  refuse to respond: No.
                  inform answer unknown: [I do not know., No idea.]
                lowest_temperature: 0.2
                prompting_mode: compact
                enable_rails_exceptions: true
                passthrough: yes
                actions_server_url: http://actions_server:8001
                custom_data: {anything: [goes]}
                streaming: false
                tracing: {enabled: false, adapters: [{name: FileSystem}]}
                """);

        assertThat(config.generalInstructions()).contains("Be kind.\nBe brief.");
        assertThat(config.botMessages())
                .isEqualTo(Map.of(
                        "refuse to respond", List.of("No."),
                        "inform answer unknown", List.of("I do not know.", "No idea.")));
        assertThat(config.lowestTemperature()).isEqualTo(0.2);
        assertThat(config.promptingMode()).isEqualTo("compact");
        assertThat(config.railsExceptions()).isTrue();
        assertThat(config.passthrough()).isTrue();
        assertThat(config.actionsServerUrl()).contains("http://actions_server:8001");
    }

    @Test
    void readsModels() {
        RailsConfig config = Reading.sound("""
                models:
                - type: main
                  engine: OpenAI
                - type: content_safety
                  engine: nim
                  model: guard
                  mode: chat
                  api_key_env_var: MODEL_KEY
                  cache: {enabled: false}
                  parameters:
                    base_url: http://${HOST}/v1
                    temperature: 0.5
                - type: judge
                  engine: ollama
                  parameters: {model_name: small}
                - type: other
                  engine: ollama
                  parameters: {model: big}
                  cache: {enabled: true}
                - type: counted
                  engine: ollama
                  model: big
                  cache: {enabled: true, maxsize: 1000, stats: {enabled: true, log_interval: 60.0}}
                """);

        assertThat(config.models())
                .extracting(ModelConfig::type, ModelConfig::engine, ModelConfig::model)
                .containsExactly(
                        tuple("main", "openai", Optional.empty()),
                        tuple("content_safety", "nim", Optional.of("guard")),
                        tuple("judge", "ollama", Optional.of("small")),
                        tuple("other", "ollama", Optional.of("big")),
                        tuple("counted", "ollama", Optional.of("big")));
        ModelConfig guard = config.model("content_safety").orElseThrow();
        assertThat(guard.apiKeyVariable()).contains("MODEL_KEY");
        assertThat(guard.parameters().toPlainValue())
                .isEqualTo(Map.of("base_url", "http://gpu-1/v1", "temperature", 0.5));
        assertThat(guard.cache()).isEmpty();
        assertThat(config.model("other").orElseThrow().cache())
                .contains(new ModelCacheConfig(50_000, false, Optional.empty()));
        assertThat(config.model("counted").orElseThrow().cache())
                .contains(new ModelCacheConfig(1_000, true, Optional.of(Duration.ofMinutes(1))));
        assertThat(guard.location()).hasToString("config.yml:4");
        assertThat(config.model("judge").orElseThrow().parameters().entries()).isEmpty();
    }

    @Test
    void readsPrompts() {
        RailsConfig config = Reading.sound("""
                prompts:
                - task: self_check_input $variant=strict
                  content: |
                    Is "{{ user_input }}" fine? ${HOST}
                  output_parser: is_content_safe
                  max_length: 100
                  max_tokens: 3
                  mode: compact
                  stop: ["\\n", END]
                  models: [openai, openai/gpt-4o]
                - task: general
                  messages:
                  - type: system
                    content: "{{ general_instructions }}"
                  - "{{ history | to_chat_messages }}"
                  - type: assistant
                    content: ""
                """);

        PromptConfig check = config.prompts().get(0);
        assertThat(check)
                .isEqualTo(new PromptConfig(
                        "self_check_input $variant=strict",
                        List.of(new MessageTemplate(
                                Optional.empty(),
                                false,
                                "Is \"{{ user_input }}\" fine? ${HOST}\n",
                                new Location("config.yml", 3))),
                        List.of("openai", "openai/gpt-4o"),
                        Optional.of("is_content_safe"),
                        100,
                        "compact",
                        List.of("\n", "END"),
                        OptionalInt.of(3),
                        new Location("config.yml", 2)));
        PromptConfig general = config.prompts().get(1);
        assertThat(general.maxLength()).isEqualTo(16_000);
        assertThat(general.mode()).isEqualTo("standard");
        assertThat(general.maxTokens()).isEmpty();
        assertThat(general.messages())
                .extracting(MessageTemplate::role, MessageTemplate::isMessageList)
                .containsExactly(
                        tuple(Optional.of(Role.SYSTEM), false),
                        tuple(Optional.empty(), true),
                        tuple(Optional.of(Role.ASSISTANT), false));
    }

    @Test
    void readsRails() {
        RailsConfig config = Reading.sound("""
                rails:
                  input:
                    flows:
                    - self check input $variant=strict
                    - flow: regex check input
                      on_error: allow
                      timeout: 250ms
                      check_tools: true
                    parallel: false
                    speculative_generation: false
                    scope: new
                  retrieval: {flows: [regex check retrieval]}
                  output:
                    flows: [self check output]
                    streaming: {enabled: false, chunk_size: 200}
                  tool_input: {flows: []}
                  tool_output: {flows: [], parallel: false}
                  dialog: {single_call: {enabled: false}, user_messages: {embeddings_only: false}}
                  actions: {instant_actions: null}
                  config:
                    compat: nemo
                    regex_detection: {input: {patterns: [a]}}
                """);

        assertThat(config.flows().get(Stage.INPUT))
                .containsExactly(
                        new FlowConfig(
                                new FlowReference(
                                        "self check input $variant=strict",
                                        "self check input",
                                        Map.of("variant", "strict")),
                                OnError.BLOCK,
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                new Location("config.yml", 4)),
                        new FlowConfig(
                                new FlowReference("regex check input", "regex check input", Map.of()),
                                OnError.ALLOW,
                                Optional.of(Duration.ofMillis(250)),
                                true,
                                Optional.empty(),
                                new Location("config.yml", 5)));
        assertThat(config.flows().get(Stage.RETRIEVAL))
                .extracting(flow -> flow.reference().name())
                .containsExactly("regex check retrieval");
        assertThat(config.flows().get(Stage.OUTPUT))
                .extracting(flow -> flow.reference().name())
                .containsExactly("self check output");
        assertThat(config.compat()).isTrue();
        assertThat(config.railSettings().toPlainValue())
                .isEqualTo(Map.of("regex_detection", Map.of("input", Map.of("patterns", List.of("a")))));
    }

    @Test
    void readsToolRailsByEitherNameAndForOneToolOnly() {
        RailsConfig config = Reading.sound("""
                rails:
                  tool_call:
                    flows: [check a]
                    parallel: true
                    per_tool: {weather: [check b, {flow: check c, on_error: allow}], clock: null}
                  tool_input: {per_tool: {weather: [check b]}}
                """);

        assertThat(config.flows().get(Stage.TOOL_OUTPUT))
                .extracting(flow -> flow.reference().name(), FlowConfig::tool)
                .containsExactly(
                        tuple("check a", Optional.empty()),
                        tuple("check b", Optional.of("weather")),
                        tuple("check c", Optional.of("weather")));
        assertThat(config.isParallel(Stage.TOOL_OUTPUT)).isTrue();
        assertThat(config.flows().get(Stage.TOOL_INPUT))
                .extracting(FlowConfig::tool)
                .containsExactly(Optional.of("weather"));
    }

    @Test
    void refusesBothNamesOfToolRails() {
        assertThat(Reading.problems("""
                rails:
                  tool_call: {flows: [check a]}
                  tool_output: {flows: [check b]}
                  tool_result: {flows: []}
                  tool_input: {flows: []}
                """))
                .containsExactly(
                        "config.yml:2: rails.tool_call is another name of rails.tool_output; keep one of them",
                        "config.yml:4: rails.tool_result is another name of rails.tool_input; keep one of them");
    }

    @Test
    void refusesToCheckToolsWhereThereAreNone() {
        assertThat(Reading.problems("rails: {retrieval: {flows: [{flow: check a, check_tools: true}]}}"))
                .singleElement()
                .asString()
                .contains("unknown key 'check_tools' in rails.retrieval.flows[0]");
        assertThat(Reading.problems("rails: {input: {per_tool: {a: [check a]}}}"))
                .singleElement()
                .asString()
                .contains("unknown key 'per_tool' in rails.input");
    }

    @Test
    void acceptsTheColangVersionWithoutQuotes() {
        assertThat(Reading.sound("colang_version: 1.0").models()).isEmpty();
    }
}
