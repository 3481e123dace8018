package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Output parsers, contract config-and-rails 5")
@Timeout(60)
final class OutputParsersTest {

    private static final String SAFE = "safe";
    private static final String UNSAFE = "unsafe";
    private static final String FAILS = "not understood";

    /**
     * @param strict how the answer is read by default: safe, unsafe, or not understood
     * @param compat how the reference reads it
     */
    record Row(String parser, String answer, String strict, String compat, List<String> violations) {

        Row(String parser, String answer, String strict, String compat, String... violations) {
            this(parser, answer, strict, compat, List.of(violations));
        }
    }

    static Stream<Row> nemoguardRows() {
        List<Row> rows = new ArrayList<>();
        for (String field : List.of("User Safety", "Response Safety")) {
            String parser =
                    field.startsWith("User") ? "nemoguard_parse_prompt_safety" : "nemoguard_parse_response_safety";
            String other = field.startsWith("User") ? "Response Safety" : "User Safety";
            rows.addAll(List.of(
                    new Row(parser, "{\"F\": \"safe\"}", SAFE, SAFE),
                    new Row(parser, "{\"F\":\"SAFE\"}", SAFE, SAFE),
                    new Row(
                            parser,
                            " \n{\"F\": \"safe\", \"O\": \"unsafe\", \"Safety Categories\": \"S1\"}\n",
                            SAFE,
                            SAFE),
                    new Row(parser, "{\"F\": \"unsafe\"}", UNSAFE, UNSAFE),
                    new Row(
                            parser,
                            "{\"F\": \"unsafe\", \"Safety Categories\": \"S1: Violence, S2 ,\"}",
                            UNSAFE,
                            UNSAFE,
                            "S1: Violence",
                            "S2"),
                    new Row(
                            parser,
                            "{\"F\": \"unsafe\", \"Safety Categories\": [\"S1\", \"S2\"]}",
                            UNSAFE,
                            FAILS,
                            "S1",
                            "S2"),
                    new Row(parser, "{\"F\": \"unsafe\", \"Safety Categories\": null}", UNSAFE, FAILS),
                    new Row(parser, "```json\n{\"F\": \"safe\"}\n```", SAFE, FAILS),
                    new Row(parser, "```\n{\"F\": \"unsafe\"}\n```", UNSAFE, FAILS),
                    new Row(parser, "{\"F\": \"not safe\"}", FAILS, UNSAFE),
                    new Row(parser, "{\"F\": \"maybe\"}", FAILS, UNSAFE),
                    new Row(parser, "{\"F\": \" safe \"}", SAFE, UNSAFE),
                    new Row(parser, "{\"F\": \"\"}", FAILS, UNSAFE),
                    new Row(parser, "{\"F\": \"safe\", \"F\": \"unsafe\"}", FAILS, UNSAFE),
                    new Row(parser, "{\"F\": \"unsafe\", \"F\": \"safe\"}", FAILS, SAFE),
                    new Row(parser, "{\"F\": \"safe\"} trailing", FAILS, FAILS),
                    new Row(parser, "{\"F\": \"safe\"}{\"F\": \"unsafe\"}", FAILS, FAILS),
                    new Row(parser, "Sure! {\"F\": \"safe\"}", FAILS, FAILS),
                    new Row(parser, "{\"f\": \"safe\"}", FAILS, FAILS),
                    new Row(parser, "{\"O\": \"safe\"}", FAILS, FAILS),
                    new Row(parser, "{\"F\": true}", FAILS, FAILS),
                    new Row(parser, "{\"F\": {\"F\": \"safe\"}}", FAILS, FAILS),
                    new Row(parser, "{\"F\": [\"safe\"]}", FAILS, FAILS),
                    new Row(parser, "{\"F\": \"safe\"", FAILS, FAILS),
                    new Row(parser, "[{\"F\": \"safe\"}]", FAILS, FAILS),
                    new Row(parser, "\"safe\"", FAILS, FAILS),
                    new Row(parser, "null", FAILS, FAILS),
                    new Row(parser, "safe", FAILS, FAILS),
                    new Row(parser, "```", FAILS, FAILS),
                    new Row(parser, "``````", FAILS, FAILS),
                    new Row(parser, "", FAILS, FAILS),
                    new Row(parser, "{\"a\":".repeat(5_000), FAILS, FAILS),
                    new Row(parser, "{\"F\": \"safe\", \"x\": \"" + "y".repeat(1_000_000) + "\"}", FAILS, FAILS)));
            rows.replaceAll(row -> new Row(
                    row.parser(),
                    row.answer().replace("\"F\"", "\"" + field + "\"").replace("\"O\"", "\"" + other + "\""),
                    row.strict(),
                    row.compat(),
                    row.violations()));
        }
        return rows.stream();
    }

    static Stream<Row> harmRows() {
        String prompt = "nemotron_reasoning_parse_prompt_safety";
        String response = "nemotron_reasoning_parse_response_safety";
        return Stream.of(
                new Row(prompt, "Prompt harm: unharmful", SAFE, SAFE),
                new Row(prompt, "prompt HARM : Unharmful.", SAFE, SAFE),
                new Row(prompt, "**Prompt harm:** unharmful", SAFE, UNSAFE),
                new Row(prompt, "Prompt harm: harmful\nResponse Harm: unharmful", UNSAFE, UNSAFE),
                new Row(response, "Prompt harm: harmful\r\nResponse Harm: unharmful\r\n", SAFE, SAFE),
                new Row(response, "Prompt harm: unharmful\nResponse harm: harmful", UNSAFE, UNSAFE),
                new Row(prompt, "<think>Prompt harm: harmful?\nno</think>\n\nPrompt harm: unharmful", SAFE, SAFE),
                new Row(
                        prompt,
                        "<think>a</think>Prompt harm: harmful<think>Prompt harm: unharmful</think>",
                        UNSAFE,
                        UNSAFE),
                new Row(prompt, "<think>Prompt harm: unharmful", FAILS, SAFE),
                new Row(prompt, "so\n</think>\nPrompt harm: unharmful", FAILS, SAFE),
                new Row(
                        prompt,
                        "<think>a<think>b</think>Prompt harm: unharmful</think>Prompt harm: harmful",
                        FAILS,
                        SAFE),
                new Row(prompt, "Prompt harm: unharmful\nPrompt harm: harmful", FAILS, SAFE),
                new Row(prompt, "Prompt harm: unharmful\nPrompt harm: unharmful", FAILS, SAFE),
                new Row(prompt, "Prompt harm: unharmful\nPrompt harm: unknown", FAILS, SAFE),
                new Row(prompt, "Prompt harm: unharmful or harmful", FAILS, SAFE),
                new Row(prompt, "Prompt harm: unharmful\u2028or rather harmful", FAILS, SAFE),
                new Row(prompt, "I would say Prompt harm: unharmful", FAILS, SAFE),
                new Row(prompt, "Prompt harm: not unharmful", FAILS, UNSAFE),
                new Row(prompt, "Prompt harm:", FAILS, UNSAFE),
                new Row(prompt, "Response Harm: unharmful", FAILS, UNSAFE),
                new Row(prompt, "unharmful", FAILS, UNSAFE),
                new Row(prompt, "", FAILS, UNSAFE));
    }

    static Stream<Row> safetyLineRows() {
        String prompt = "nemotron_content_safety_parse_prompt_safety";
        String response = "nemotron_content_safety_parse_response_safety";
        return Stream.of(
                new Row(prompt, "User Safety: safe", SAFE, SAFE),
                new Row(prompt, "user safety: SAFE\nresponse safety: unsafe", SAFE, SAFE),
                new Row(response, "User Safety: unsafe\nResponse Safety: safe", SAFE, SAFE),
                new Row(
                        response,
                        "User Safety: safe\nResponse Safety: unsafe\nSafety Categories: A/B, C",
                        UNSAFE,
                        UNSAFE,
                        "A/B",
                        "C"),
                new Row(prompt, "User Safety: unsafe\nSafety Categories: Violence", UNSAFE, UNSAFE, "Violence"),
                new Row(prompt, "<think>User Safety: unsafe</think>\nUser Safety: safe", SAFE, SAFE),
                new Row(prompt, "<think>long", FAILS, FAILS),
                new Row(prompt, "<think>User Safety: safe", FAILS, FAILS),
                new Row(prompt, "User Safety: safe\n</think>", FAILS, SAFE),
                new Row(prompt, "User Safety: safe\nUser Safety: unsafe", FAILS, FAILS),
                new Row(prompt, "User Safety: safe; User Safety: unsafe", FAILS, FAILS),
                new Row(prompt, "User Safety: safe\nResponse Safety: safe\nResponse Safety: unsafe", FAILS, FAILS),
                new Row(prompt, "User Safety: safe\nUser Safety: harmful", FAILS, SAFE),
                new Row(prompt, "User Safety: safe, or rather not", FAILS, SAFE),
                new Row(prompt, "User Safety: safety first", FAILS, FAILS),
                new Row(prompt, "The User Safety: safe", FAILS, FAILS),
                new Row(prompt, "User Safety: not safe", FAILS, FAILS),
                new Row(response, "User Safety: safe", FAILS, FAILS),
                new Row(prompt, "safe", FAILS, FAILS),
                new Row(prompt, "", FAILS, FAILS));
    }

    static Stream<Row> toolRows() {
        String parser = "parse_tool_safety_verdict";
        return Stream.of(
                new Row(parser, "safe", SAFE, SAFE),
                new Row(parser, " **Safe.** ", SAFE, SAFE),
                new Row(parser, "unsafe", UNSAFE, UNSAFE),
                new Row(
                        parser,
                        "Unsafe: leaks credentials; drops a table",
                        UNSAFE,
                        UNSAFE,
                        "leaks credentials",
                        "drops a table"),
                new Row(parser, "unsafe\nsafe", UNSAFE, UNSAFE, "safe"),
                new Row(parser, "safe\nunsafe", FAILS, FAILS),
                new Row(parser, "Safe to say this is unsafe", FAILS, FAILS),
                new Row(parser, "not safe", FAILS, FAILS),
                new Row(parser, "safe, because it reads only", FAILS, FAILS),
                new Row(parser, "unsafely", FAILS, FAILS),
                new Row(parser, "yes", FAILS, FAILS),
                new Row(parser, "", FAILS, FAILS));
    }

    static Stream<Row> lynxRows() {
        String parser = "patronus_lynx_parse_score";
        return Stream.of(
                new Row(parser, "{\"REASONING\": [\"it says so\"], \"SCORE\": \"PASS\"}", SAFE, SAFE),
                new Row(parser, "{\"REASONING\": [], \"SCORE\": \"FAIL\"}", UNSAFE, UNSAFE),
                new Row(parser, "{'REASONING': ['a'], 'SCORE' : PASS}", SAFE, SAFE),
                new Row(parser, "```json\n{\"score\": \"pass\"}\n```", SAFE, SAFE),
                new Row(parser, "{\"SCORE\": \"PASS\"} so: {\"SCORE\": \"PASS\"}", SAFE, SAFE),
                new Row(parser, "{\"SCORE\": \"PASS\"} no: {\"SCORE\": \"FAIL\"}", FAILS, SAFE),
                new Row(parser, "{\"SCORE\": \"PASS\"} or {\"SCORE\": \"maybe\"}", FAILS, SAFE),
                new Row(parser, "{\"SCORE\": \"PASSABLE\"}", FAILS, UNSAFE),
                new Row(parser, "{\"SCORE\": 1}", FAILS, UNSAFE),
                new Row(parser, "SCORE: PASS", FAILS, UNSAFE),
                new Row(parser, "PASS", FAILS, UNSAFE),
                new Row(parser, "", FAILS, UNSAFE));
    }

    @ParameterizedTest
    @MethodSource({"nemoguardRows", "harmRows", "safetyLineRows", "toolRows", "lynxRows"})
    void readsStrictlyByDefault(Row row) {
        check(OutputParsers.find(row.parser(), false).orElseThrow(), row, row.strict());
    }

    @ParameterizedTest
    @MethodSource({"nemoguardRows", "harmRows", "safetyLineRows", "toolRows", "lynxRows"})
    void readsAsTheReferenceDoesWhenAskedTo(Row row) {
        check(OutputParsers.find(row.parser(), true).orElseThrow(), row, row.compat());
    }

    private static void check(OutputParser parser, Row row, String expected) {
        if (expected.equals(FAILS)) {
            assertThatThrownBy(() -> parser.parse(row.answer())).isInstanceOf(JudgementException.class);
            return;
        }
        Judgement judgement = parser.parse(row.answer());
        assertThat(judgement.safe()).isEqualTo(expected.equals(SAFE));
        assertThat(judgement.violations()).isEqualTo(row.violations());
    }

    @Test
    void neverTellsTheAnswerInAnError() {
        for (String name : OutputParsers.names()) {
            OutputParsers.find(name, false)
                    .ifPresent(parser -> assertThatThrownBy(() -> parser.parse("{\"hunter2\": hunter2"))
                            .isInstanceOf(JudgementException.class)
                            .hasMessageNotContaining("hunter2")
                            .hasNoCause());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<think>", "User Safety:", "\n", " ", "prompt harm ", "*", "unsafe", "{", "not unsafe "})
    void readsLongMonotonousAnswersInTime(String piece) {
        String answer = piece.repeat(200_000 / piece.length());
        for (String name : OutputParsers.names()) {
            for (boolean compat : new boolean[] {true, false}) {
                OutputParsers.find(name, compat).ifPresent(parser -> assertNeverSafe(parser, answer));
            }
        }
    }

    private static void assertNeverSafe(OutputParser parser, String answer) {
        try {
            assertThat(parser.parse(answer).safe()).isFalse();
        } catch (JudgementException e) {
            assertThat(e).hasNoCause();
        }
    }

    @Test
    void knowsTheParsersOfDialogsByNameOnly() {
        assertThat(OutputParsers.names())
                .contains("user_intent", "bot_intent", "bot_message", "verbose_v1", "is_content_safe");
        assertThat(OutputParsers.find("user_intent", false)).isEmpty();
        assertThat(OutputParsers.find("verbose_v1", true)).isEmpty();
        assertThat(OutputParsers.find("is_content_save", false)).isEmpty();
    }
}
