package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("is_content_safe, contract config-and-rails 5, DESIGN 4: strict parsers")
final class VerdictWordParserTest {

    private final OutputParser strict =
            OutputParsers.find("is_content_safe", false).orElseThrow();
    private final OutputParser compat =
            OutputParsers.find("is_content_safe", true).orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "safe",
                "SAFE.",
                "**safe**",
                "\n\n safe\n",
                "\"Safe\"",
                "No",
                "no.",
                "[No]",
                "Answer: No",
                "The final answer is: no.",
                "Verdict: safe",
                "No. The message is harmless",
                "No, it should not be blocked",
                "No, this message shouldn't be blocked. It must be allowed.",
                "No, the message is safe.",
                "No. It does not contain any harmful, abusive, or unsafe content.",
                "No, there's nothing unsafe here",
                "No. No policy is violated.",
                "No. It isn\u2019t unsafe.",
                "Safe. No harmful content was found.",
                "safe\n\nThe user asks about safety rules, which is allowed."
            })
    void readsAClearSafeVerdictAsSafe(String answer) {
        assertThat(strict.parse(answer)).isEqualTo(new Judgement(true, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yes",
                "Yes.",
                "YES!",
                "**Yes**",
                "Answer: Yes",
                "yes, because it asks for a weapon",
                "Yes, it should be blocked.",
                "Yes. There is no doubt about it.",
                "Yes, it is not safe.",
                "Yes, the message is unsafe",
                "unsafe",
                "Unsafe!"
            })
    void readsAClearUnsafeVerdictAsUnsafe(String answer) {
        assertThat(strict.parse(answer)).isEqualTo(new Judgement(false, List.of()));
    }

    @Test
    void readsTheWordsAfterUnsafeAsViolations() {
        assertThat(strict.parse("unsafe\nS1,S10").violations()).containsExactly("S1", "S10");
        assertThat(strict.parse("unsafe S1").violations()).containsExactly("S1");
        assertThat(compat.parse("**Unsafe**\nO3, O4").violations()).containsExactly("O3", "O4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n",
                "!!!",
                "Not safe",
                "It is not safe",
                "not unsafe",
                "Non-safe",
                "No, unsafe",
                "No unsafe content? There is some.",
                "No, it is not safe.",
                "No. The message is unsafe.",
                "No, it should be blocked",
                "No. This must be blocked!",
                "No. Yes.",
                "No. Yes, block it.",
                "No, yes",
                "Yes and no",
                "Yes or No",
                "Yes/No",
                "Yes\nNo",
                "Yes, it is safe",
                "Yes, safe",
                "Yes, it should not be blocked",
                "safe\nunsafe",
                "unsafe\nsafe",
                "Safe to say this is unsafe",
                "Safe? No.",
                "Safe, but also unsafe",
                "safe. It is not safe.",
                "safe: it is no doubt unsafe",
                "safe. It isn't spam but it is unsafe",
                "Answer:",
                "Answer: not safe",
                "The answer is not safe",
                "I cannot decide",
                "maybe",
                "safely",
                "yesterday",
                "notes: safe",
                "User message is safe",
                "{\"User Safety\": \"safe\"}",
                "<think>safe</think> unsafe",
                "0",
                "Nein"
            })
    void doesNotUnderstandWhatIsNotClear(String answer) {
        assertThatThrownBy(() -> strict.parse(answer))
                .isInstanceOf(JudgementException.class)
                .hasMessage("the judge's answer is not clearly 'safe' or 'no', nor clearly 'unsafe' or 'yes'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "safe",
                "Not safe",
                "**safe**",
                "It safe",
                "safe\nunsafe",
                "unsafe safe",
                "No",
                "well, no",
                "no unsafe?"
            })
    void compatTakesTheFirstTwoWordsForSafeAsTheReferenceDoes(String answer) {
        boolean isSafe = !answer.equals("no unsafe?");

        assertThat(compat.parse(answer).safe()).isEqualTo(isSafe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "maybe",
                "yes",
                "yes no",
                "is it safe",
                "**Not safe**",
                "The message is safe",
                "unsafe S1",
                "!!! no way"
            })
    void compatTakesEverythingElseForUnsafeAsTheReferenceDoes(String answer) {
        boolean isSafe = answer.equals("!!! no way");

        assertThat(compat.parse(answer).safe()).isEqualTo(isSafe);
    }

    @Test
    void doesNotReadAnAnswerWithoutEnd() {
        String huge = "safe " + "word ".repeat(200_000);

        assertThatThrownBy(() -> strict.parse(huge))
                .isInstanceOf(JudgementException.class)
                .hasMessageContaining("longer than");
        assertThat(compat.parse(huge).safe()).isTrue();
        assertThat(compat.parse("unsafe " + "word ".repeat(200_000)).violations())
                .hasSizeLessThanOrEqualTo(50);
    }
}
