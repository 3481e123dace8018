package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract "config and rails" 2.10, for streams: whatever the pieces are, they are what the whole is. */
class StreamedReasoningTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "answer",
                " answer ",
                "<",
                " <thin",
                "<thing>x</thing>",
                "<think>",
                "  <think>  ",
                "<think>hm</think>answer",
                "  <think> hm \n</think>  answer \n",
                "<think></think>answer",
                "<think>  </think>  ",
                "<think>hm",
                "<think>hm </thin",
                "<think>hm  </thin  ",
                "<think></",
                "<think>a < b </ c <</think>>",
                "<think>a<</think> b",
                "<think>a</th</think>b",
                "<think>one\n\n two </think><think>three</think>",
                "see <think>this</think>",
                "answer</think>",
                "\u00e9\ud83d\ude00<think>no</think>",
                "<think>\ud83d\ude00 hm\u2003</think>\u2003\ud83d\ude00",
            })
    void makesTheSameOfAnAnswerHoweverItIsCut(String answer) {
        ReasoningText whole = ReasoningText.of(answer);

        for (int first = 0; first <= answer.length(); first++) {
            for (int second = first; second <= answer.length(); second++) {
                assertThat(inPieces(List.of(
                                answer.substring(0, first), answer.substring(first, second), answer.substring(second))))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
        assertThat(inPieces(List.of(answer.split(""))))
                .as("a character at a time")
                .isEqualTo(whole);
    }

    @Test
    void makesTheSameOfRandomAnswers() {
        Random random = new Random(1);
        String[] parts = {"<think>", "</think>", "<", "</", "think>", " ", "\n", "a", "bc"};
        for (int i = 0; i < 20_000; i++) {
            List<String> pieces = new ArrayList<>();
            for (int j = random.nextInt(8); j >= 0; j--) {
                pieces.add(parts[random.nextInt(parts.length)]);
            }

            assertThat(inPieces(pieces)).as("%s", pieces).isEqualTo(ReasoningText.of(String.join("", pieces)));
        }
    }

    @Test
    void showsAtOnceWhatCannotBeATag() {
        StreamedReasoning reasoning = new StreamedReasoning();

        assertThat(reasoning.next("<think>hm, ")).isEqualTo(new ReasoningText("hm,", ""));
        assertThat(reasoning.next("yes</thi")).isEqualTo(new ReasoningText(" yes", ""));
        assertThat(reasoning.next("nk>  ")).isEqualTo(new ReasoningText("", ""));
        assertThat(reasoning.next(" Four. ")).isEqualTo(new ReasoningText("", "Four. "));
        assertThat(reasoning.next("<")).isEqualTo(new ReasoningText("", "<"));
    }

    @Test
    void takesNoLongerForAFloodOfWhiteSpace() {
        StreamedReasoning reasoning = new StreamedReasoning();
        reasoning.next("<think>hm");
        for (int i = 0; i < 2_000_000; i++) {
            reasoning.next(" ");
        }

        assertThat(reasoning.next(".").reasoning()).hasSize(2_000_001);
    }

    private static ReasoningText inPieces(List<String> pieces) {
        StreamedReasoning streamed = new StreamedReasoning();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (String piece : pieces) {
            ReasoningText next = streamed.next(piece);
            reasoning.append(next.reasoning());
            text.append(next.text());
        }
        ReasoningText end = streamed.end();
        return new ReasoningText(reasoning + end.reasoning(), text + end.text());
    }
}
