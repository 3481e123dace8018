package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.Verdict;

/** What follows from a judge's answer to "should this be blocked?". */
final class SelfCheckVerdict {

    private SelfCheckVerdict() {}

    static Verdict of(Judgement judgement) {
        if (judgement.safe()) {
            return Verdict.allow();
        }
        Verdict block = Verdict.block("the judge says that it must be blocked");
        return judgement.violations().isEmpty() ? block : block.with("policy_violations", judgement.violations());
    }
}
