package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.engine.StreamEvent.Declined;
import dev.guardrails4j.engine.StreamEvent.Text;
import dev.guardrails4j.engine.StreamEvent.ToolCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedPiecesTest {

    private static final List<ToolCallDelta> FIRST = List.of(new ToolCallDelta(0, "1", "find", "{}"));
    private static final List<ToolCallDelta> SECOND = List.of(new ToolCallDelta(1, "2", "find", "{}"));

    private final StreamedPieces pieces = new StreamedPieces();

    @Test
    void letsCallsWaitForTheTextBeforeThem() {
        pieces.said("one two", false);
        pieces.called(FIRST);

        assertThat(pieces.due()).isEmpty();
        assertThat(unchanged("one ")).containsExactly(new Text("one "));
        assertThat(unchanged("two")).containsExactly(new Text("two"), new ToolCalls(FIRST));
    }

    @Test
    void showsCallsAtOnceIfNoTextStandsBeforeThem() {
        pieces.called(FIRST);
        pieces.said("one", false);
        pieces.called(SECOND);

        assertThat(pieces.due()).containsExactly(new ToolCalls(FIRST));
        assertThat(pieces.due()).isEmpty();
        assertThat(unchanged("one")).containsExactly(new Text("one"), new ToolCalls(SECOND));
    }

    @Test
    void cutsTextWhereACallStands() {
        pieces.said("one ", false);
        pieces.said("two ", false);
        pieces.called(FIRST);
        pieces.said("three", false);

        assertThat(unchanged("one two three"))
                .containsExactly(new Text("one two "), new ToolCalls(FIRST), new Text("three"));
    }

    @Test
    void tellsWhatIsSaidInsteadOfAnAnswer() {
        pieces.said("one", false);
        pieces.said("no", true);

        assertThat(unchanged("oneno")).containsExactly(new Text("one"), new Declined("no"));
    }

    @Test
    void showsARewriteInThePlaceOfAllItsText() {
        pieces.said("one ", false);
        pieces.called(FIRST);
        pieces.said("two", true);
        pieces.said(" three", false);

        assertThat(pieces.release("one two", "***")).containsExactly(new Text("***"), new ToolCalls(FIRST));
        assertThat(unchanged(" three")).containsExactly(new Text(" three"));
    }

    @Test
    void showsTheCallsAfterATextThatWasRewrittenToNothing() {
        pieces.said("one", true);
        pieces.called(FIRST);

        assertThat(pieces.release("one", "")).containsExactly(new ToolCalls(FIRST));
    }

    private List<StreamEvent> unchanged(String text) {
        return pieces.release(text, text);
    }
}
