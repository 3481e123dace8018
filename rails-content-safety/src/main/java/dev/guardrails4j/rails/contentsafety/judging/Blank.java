package dev.guardrails4j.rails.contentsafety.judging;

import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Optional;

/**
 * What becomes of a text without anything in it, which no judge of texts can judge. A user's message is blocked: what else
 * it holds (an image) would reach the model unseen. Anything else passes: it shows nobody anything.
 */
public final class Blank {

    private Blank() {}

    /** The verdict on the text under check; empty if there is something in it. */
    public static Optional<Verdict> verdict(RailContext context) {
        if (!context.text().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                context.stage() == Stage.INPUT
                        ? Verdict.block("the message has no text that could be checked")
                        : Verdict.allow());
    }
}
