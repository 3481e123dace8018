package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.engine.StreamEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What of a streamed answer has come and was not shown yet, in its order: what the model says, says instead of an answer, and
 * the calls of tools between. What comes after a text waits until the text may be shown. For one thread.
 */
final class StreamedPieces {

    private final Deque<Piece> waiting = new ArrayDeque<>();

    private sealed interface Piece {}

    /** So many characters of text. */
    private record Said(boolean isDeclining, int length) implements Piece {

        StreamEvent event(String text) {
            return isDeclining ? new StreamEvent.Declined(text) : new StreamEvent.Text(text);
        }
    }

    private record Called(List<ToolCallDelta> deltas) implements Piece {}

    /**
     * More text has come.
     *
     * @param isDeclining whether the model says why it will not answer
     */
    void said(String text, boolean isDeclining) {
        if (text.isEmpty()) {
            return;
        }
        int length = text.length();
        if (waiting.peekLast() instanceof Said last && last.isDeclining() == isDeclining) {
            waiting.removeLast();
            length += last.length();
        }
        waiting.addLast(new Said(isDeclining, length));
    }

    /** Parts of calls have come that nobody checks. */
    void called(List<ToolCallDelta> deltas) {
        if (!deltas.isEmpty()) {
            waiting.addLast(new Called(deltas));
        }
    }

    /**
     * What may be shown now that text may be, in its order.
     *
     * @param text the text as it came
     * @param shown what the rails have made of it
     */
    List<StreamEvent> release(String text, String shown) {
        boolean isChanged = !shown.equals(text);
        List<StreamEvent> events = new ArrayList<>(due());
        int from = 0;
        while (from < text.length() && waiting.pollFirst() instanceof Said said) {
            int to = Math.min(text.length(), from + said.length());
            if (!isChanged) {
                events.add(said.event(text.substring(from, to)));
            } else if (from == 0 && !shown.isEmpty()) {
                events.add(said.event(shown));
            }
            if (to - from < said.length()) {
                waiting.addFirst(new Said(said.isDeclining(), said.length() - (to - from)));
            }
            from = to;
            events.addAll(due());
        }
        return events;
    }

    /** The calls that no text stands before any more. */
    List<StreamEvent> due() {
        List<StreamEvent> calls = new ArrayList<>();
        while (waiting.peekFirst() instanceof Called called) {
            waiting.removeFirst();
            calls.add(new StreamEvent.ToolCalls(called.deltas()));
        }
        return calls;
    }
}
