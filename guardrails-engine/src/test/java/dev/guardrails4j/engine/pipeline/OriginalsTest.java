package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what rails have put placeholders in the place of")
class OriginalsTest {

    private final Originals originals = new Originals();

    @Test
    void comesBackWhereverItsPlaceholderStands() {
        originals.add(Map.of("<A_1>", "Ada", "<B_2>", "<A_1>"));

        assertThat(originals.restored("<A_1><<A_1>> <B_2> <A_2> <A_1")).isEqualTo("Ada<Ada> <A_1> <A_2> <A_1");
    }

    @Test
    void comesBackInOnePieceHoweverAStreamIsCut() {
        originals.add(Map.of("<A_1>", "Ada", "<AB_12>", "Bob"));
        String text = "x <A_1> < <<AB_12> <A_<A_1> <A";

        for (int size = 1; size < text.length(); size++) {
            Originals.Stream stream = originals.stream();
            StringBuilder shown = new StringBuilder();
            for (int i = 0; i < text.length(); i += size) {
                shown.append(stream.add(text.substring(i, Math.min(text.length(), i + size))));
            }
            assertThat(shown.append(stream.end())).hasToString("x Ada < <Bob <A_Ada <A");
        }
    }

    @Test
    void waitsForNoMoreOfAStreamThanMayBeAPlaceholder() {
        originals.add(Map.of("<A_1>", "Ada"));

        assertThat(originals.stream().add("x <")).isEqualTo("x ");
        assertThat(originals.stream().add("x <b")).isEqualTo("x <b");
    }

    @Test
    void isHiddenInTheRestOfTheConversationButForWhatIsTooShort() {
        originals.add(Map.of("<A_1>", "Ada Lovelace", "<B_2>", "Bo"));

        assertThat(originals.hidden(List.of(Message.assistant("Ada Lovelace, Bob"))))
                .containsExactly(Message.assistant("<A_1>, Bob"));
    }

    @Test
    void leavesAMessageAloneThatHoldsNone() {
        Message message = Message.assistant("<A_1>");

        assertThat(originals.restored(message)).isSameAs(message);
    }
}
