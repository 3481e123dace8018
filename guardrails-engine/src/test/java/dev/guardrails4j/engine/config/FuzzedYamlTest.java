package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.prompt.Prompts;
import dev.guardrails4j.testkit.Fuzzer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that were damaged by chance: {@link ConfigLoader} tells what is wrong with each, and never throws. */
@DisplayName("Issue 7: no configuration makes the server fail or hang")
class FuzzedYamlTest {

    private static final List<String> SOUND = List.of("""
            colang_version: "1.0"
            models:
            - type: main
              engine: openai
              model: gpt
              api_key_env_var: MODEL_KEY
              parameters: {base_url: "http://${HOST}/v1", temperature: 0.5, max_attempts: 2}
            - &judge
              type: content_safety
              engine: nim
              model: guard
              cache: {enabled: true, maxsize: 1000, stats: {enabled: true, log_interval: 60.0}}
            - <<: *judge
              type: jailbreak
            instructions:
            - {type: general, content: Be kind.}
            bot_messages:
              refuse to respond: No.
              inform answer unknown: [I do not know., No idea.]
            lowest_temperature: 0.2
            enable_rails_exceptions: yes
            custom_data: {since: 2024-01-02, number: 012, hex: 0xFF, float: .inf, binary: !!binary aGVsbG8=}
            """, """
            rails:
              input:
                parallel: true
                flows:
                - self check input
                - content safety check input $model=content_safety
                - jailbreak detection(threshold=0.5, $model="a b")
                - {name: regex check, on_error: allow}
              output:
                streaming: {enabled: true, chunk_size: 200, context_size: 50, stream_first: false}
                flows: [self check output]
              config:
                regex_detection:
                  input: {patterns: ["[0-9]{4}", 'x+'], case_insensitive: true}
                sensitive_data_detection:
                  input: {entities: [EMAIL_ADDRESS, PERSON], score_threshold: 0.4}
            tracing: {enabled: false, adapters: [{name: FileSystem}]}
            """, """
            prompts:
            - task: self_check_input
              models: [openai/gpt-4, nim]
              max_length: 8000
              output_parser: is_content_safe
              content: |-
                Is this fine: "{{ user_input }}"?
                {% if bot_response %}{{ bot_response | upper }}{% endif %}
                Answer:
            - task: general
              mode: compact
              messages:
              - type: system
                content: >
                  {{ general_instructions }}
              - "{{ history | to_chat_messages }}"
            """);

    private static final List<String> TOKENS = List.of(
            "\n",
            "\n  ",
            "\n- ",
            ": ",
            "- ",
            "? ",
            "&a ",
            "*a",
            "&judge ",
            "*judge",
            "<<: *a\n",
            "<<: [*a, *a]\n",
            "!!binary ",
            "!!set ",
            "!!omap ",
            "!!timestamp ",
            "!!float ",
            "!!int ",
            "!!null ",
            "!!python/object/apply:os.system ",
            "!!javax.script.ScriptEngineManager [x]",
            "!x ",
            "!<tag:yaml.org,2002:str> ",
            "%YAML 1.2\n---\n",
            "%TAG ! x\n",
            "---\n",
            "...\n",
            "|\n",
            "|+2\n",
            ">-\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "#",
            "~",
            "null",
            "yes",
            "No",
            ".inf",
            "-.inf",
            ".nan",
            "1e999999999",
            "-0",
            "0x",
            "0b1",
            "1_000",
            "190:20:30",
            "99999999999999999999999",
            "1.0e+400",
            "2024-02-30",
            "\"\\x",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\U0010FFFF\"",
            "\\",
            "\t",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{a: {a: {a: {a: {a: {a: {a: ",
            "${HOST}",
            "${MODEL_KEY}",
            "${",
            "${NONE}",
            "{{",
            "}}",
            "{% if",
            "%}",
            "{% for x in history %}",
            "models:",
            "rails:",
            "prompts:",
            "input:",
            "flows:",
            "parameters:",
            "config:",
            "task: self_check_output\n",
            "content:",
            "streaming:",
            "$model=",
            "(",
            ")",
            "on_error:");

    @Test
    void everyFileIsReadOrRefused() {
        Fuzzer.check(
                400,
                random -> random.damaged(
                        random.oneIn(3) ? random.oneOf(SOUND) + random.oneOf(SOUND) : random.oneOf(SOUND), TOKENS),
                FuzzedYamlTest::check);
    }

    @Test
    void everyMadeUpFileIsReadOrRefused() {
        Fuzzer.check(200, random -> random.textOf(TOKENS, 60), FuzzedYamlTest::check);
    }

    @Test
    void problemsQuoteNoMoreOfAFileThanCanBeRead() {
        String name = "x".repeat(100_000);

        assertThat(Reading.problems("rails: {input: {flows: ['check(" + name + ")']}}"))
                .singleElement()
                .asString()
                .hasSizeLessThan(2_100)
                .contains("flow 'check(xxx", "xxx [...] xxx")
                .endsWith("=value");
    }

    private static void check(String yaml) {
        LoadedConfig loaded = Reading.parse(yaml);

        long lines = yaml.chars()
                        .filter(unit -> "\n\r\u0085\u2028\u2029".indexOf(unit) >= 0)
                        .count()
                + 1;
        assertThat(loaded.problems()).allSatisfy(problem -> {
            assertThat(problem.location().line()).isBetween(0, (int) lines + 1);
            assertThat(problem.message()).isNotBlank().doesNotContain("s3cret").hasSizeLessThan(2_100);
        });
        assertThat(Reading.parse(yaml).problems()).isEqualTo(loaded.problems());
        if (!loaded.hasErrors()) {
            RailsConfig config = loaded.config();
            assertThat(new Prompts(config.prompts(), config.promptingMode(), Map.of("general_instructions", "Be kind."))
                            .problems())
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }
    }
}
