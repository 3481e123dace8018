package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.Verdict;
import java.util.Optional;

/** What a safety model said is violated, as the evidence {@code policy_violations}. */
final class PolicyViolations {

    private static final String REASON = "the safety model calls it unsafe";

    private PolicyViolations() {}

    static Verdict block(Judgement judgement) {
        return block(judgement, Optional.empty());
    }

    /** @param refusal what the user is told, if not the usual */
    static Verdict block(Judgement judgement, Optional<String> refusal) {
        return refusal.map(text -> Verdict.block(REASON, text))
                .orElseGet(() -> Verdict.block(REASON))
                .with("policy_violations", judgement.violations());
    }
}
