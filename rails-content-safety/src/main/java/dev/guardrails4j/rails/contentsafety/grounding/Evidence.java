package dev.guardrails4j.rails.contentsafety.grounding;

import dev.guardrails4j.api.RailContext;

/**
 * What was retrieved, which an answer is held against.
 *
 * @param text the retrieved texts, one a line
 * @param claim the answer
 */
record Evidence(String text, String claim) {

    static Evidence of(RailContext context) {
        return new Evidence(String.join("\n", context.relevantChunks()), context.text());
    }

    /** Whether there is nothing to hold the answer against, or no answer. */
    boolean isMissing() {
        return text.isBlank() || claim.isBlank();
    }
}
