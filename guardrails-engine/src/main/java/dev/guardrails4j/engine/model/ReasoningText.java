package dev.guardrails4j.engine.model;

/**
 * An answer taken apart, contract "config and rails" 2.10: what stands in {@code <think>...</think>} at its start is
 * reasoning. A block that is not closed is reasoning to the end, and the answer is empty: nothing that may be reasoning is
 * shown as an answer.
 *
 * @param reasoning what the model thought, without the tags; empty if it does not tell
 * @param text what it answers
 */
public record ReasoningText(String reasoning, String text) {

    static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    /** Takes an answer apart. An answer without reasoning is left as it is. */
    public static ReasoningText of(String answer) {
        String stripped = answer.stripLeading();
        if (!stripped.startsWith(OPEN)) {
            return new ReasoningText("", answer);
        }
        int end = stripped.indexOf(CLOSE);
        return end < 0
                ? new ReasoningText(stripped.substring(OPEN.length()).strip(), "")
                : new ReasoningText(
                        stripped.substring(OPEN.length(), end).strip(),
                        stripped.substring(end + CLOSE.length()).stripLeading());
    }
}
