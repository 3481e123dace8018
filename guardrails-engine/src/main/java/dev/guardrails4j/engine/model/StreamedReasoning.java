package dev.guardrails4j.engine.model;

/**
 * Takes an answer apart as {@link ReasoningText} does, while it arrives: all pieces together are what that makes of the
 * whole. What may still turn out to be a tag, or white space that is to be dropped, waits for the next piece. Takes time
 * linear in the answer's length, however it is cut.
 */
final class StreamedReasoning {

    private enum State {
        START,
        REASONING,
        AFTER_REASONING,
        TEXT
    }

    private State state = State.START;
    /** White space and what may be the beginning of a tag. */
    private final StringBuilder held = new StringBuilder();
    /** How many characters of the tag that is looked for have come. */
    private int matched;

    private boolean hasReasoning;

    /** What the next piece of the answer brings. */
    ReasoningText next(String piece) {
        StringBuilder reasoning = new StringBuilder();
        int i = 0;
        while (i < piece.length() && state != State.TEXT) {
            char c = piece.charAt(i);
            if (state == State.START) {
                start(c);
            } else if (state == State.REASONING) {
                reason(c, reasoning);
            } else if (!Character.isWhitespace(c)) {
                state = State.TEXT;
            }
            if (state != State.TEXT) {
                i++;
            }
        }
        return new ReasoningText(reasoning.toString(), state == State.TEXT ? release() + piece.substring(i) : "");
    }

    /** What is left when the answer has ended: what was held back was no tag. */
    ReasoningText end() {
        if (state == State.START) {
            return new ReasoningText("", release());
        }
        if (state == State.REASONING && matched > 0) {
            return new ReasoningText(release(), "");
        }
        return new ReasoningText("", "");
    }

    private void start(char c) {
        if (c == ReasoningText.OPEN.charAt(matched)) {
            held.append(c);
            matched++;
            if (matched == ReasoningText.OPEN.length()) {
                state = State.REASONING;
                release();
            }
        } else if (matched == 0 && Character.isWhitespace(c)) {
            held.append(c);
        } else {
            state = State.TEXT;
        }
    }

    private void reason(char c, StringBuilder reasoning) {
        if (c == ReasoningText.CLOSE.charAt(matched)) {
            held.append(c);
            matched++;
            if (matched == ReasoningText.CLOSE.length()) {
                state = State.AFTER_REASONING;
                release();
            }
            return;
        }
        if (matched > 0) {
            // It was no tag. That begins with the only '<' in it, so that another one can only begin here.
            hasReasoning = true;
            reasoning.append(release());
            reason(c, reasoning);
        } else if (!Character.isWhitespace(c)) {
            hasReasoning = true;
            reasoning.append(release()).append(c);
        } else if (hasReasoning) {
            held.append(c);
        }
    }

    private String release() {
        String released = held.toString();
        held.setLength(0);
        matched = 0;
        return released;
    }
}
