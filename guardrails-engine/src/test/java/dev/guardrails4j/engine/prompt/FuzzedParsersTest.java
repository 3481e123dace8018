package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.SeededRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of judges that are made up by chance, contract "config and rails" 5. */
@DisplayName("Issue 7: no answer of a judge makes its parser fail")
class FuzzedParsersTest {

    private static final List<String> SAMPLES = List.of(
            "{\"User Safety\": \"unsafe\", \"Response Safety\": \"safe\", \"Safety Categories\": \"Violence, Threat\"}",
            "<think>\nHm.\n</think>\nPrompt harm: harmful\nResponse harm: unharmful\nResponse Harm: harmful",
            "User Safety: safe\nResponse Safety: unsafe\nSafety Categories: Violence, Other",
            "{\"REASONING\": [\"a\", \"b\"], \"SCORE\": \"FAIL\"}",
            "unsafe\nS1, S2",
            "```json\n{\"verdict\": \"block\", \"reason\": \"x\"}\n```",
            "yes",
            "no");

    private static final List<String> TOKENS = List.of(
            "safe",
            "unsafe",
            "Safe.",
            "not",
            "yes",
            "No",
            "Answer:",
            "harmful",
            "unharmful",
            "PASS",
            "FAIL",
            "<think>",
            "</think>",
            "```json\n",
            "```",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\n",
            "\"User Safety\":",
            "User Safety:",
            "Response Safety:",
            "Prompt harm:",
            "SCORE",
            "S1",
            "null",
            "true",
            "1",
            "\\u0000",
            "\\ud800",
            "allow",
            "block",
            "{\"a\":",
            "verdict");

    static Set<String> judging() {
        Set<String> names = new TreeSet<>(OutputParsers.names());
        names.removeIf(name -> OutputParsers.find(name, false).isEmpty());
        return names;
    }

    @ParameterizedTest
    @MethodSource("judging")
    void everyAnswerIsUnderstoodOrRefusedAndTheSameEachTime(String name) {
        for (boolean compat : List.of(false, true)) {
            OutputParser parser = OutputParsers.find(name, compat).orElseThrow();
            Fuzzer.check(
                    500,
                    FuzzedParsersTest::answer,
                    text -> assertThat(read(parser, text)).isEqualTo(read(parser, text)));
        }
    }

    private static String answer(SeededRandom random) {
        return random.oneIn(2) ? random.damaged(random.oneOf(SAMPLES), TOKENS) : random.textOf(TOKENS, 12);
    }

    private static Optional<Judgement> read(OutputParser parser, String answer) {
        try {
            return Optional.of(parser.parse(answer));
        } catch (JudgementException notUnderstood) {
            assertThat(notUnderstood.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
