package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Map;
import java.util.Set;

/**
 * {@code self check hallucination}: asks the main model the same again, and a judge whether the answer agrees with what it
 * says then. The prompt is {@code self_check_hallucination}; its variables are {@code statement}, the answer, and {@code
 * paragraph}, the further answers. Contract "config and rails" 4.2.
 *
 * <p>Runs only if the context variable {@code check_hallucination} is true. Where the reference lets an answer pass
 * (no further answers, a judge that says neither yes nor no), this rail fails, and so blocks.
 *
 * <p>"Yes", the answer agrees, is read as everywhere as not safe, so here <em>not safe</em> means agreement. An output
 * parser named by the prompt must keep to that.
 */
public final class SelfCheckHallucinationRail implements Rail {

    private static final String NAME = "self_check_hallucination";

    @Override
    public String name() {
        return "self check hallucination";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks the main model again and blocks an answer that does not agree, if check_hallucination is true.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.answerUnknown().withException("SelfCheckHallucinationRailException");
    }

    @Override
    public Disclosure sendsTextTo() {
        return SelfCheckTask.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Judge judge = SelfCheckTask.of(NAME).judge(setup);
        FurtherAnswers furtherAnswers = new FurtherAnswers(setup.model("main"), NAME);
        return context -> context.flag("check_hallucination") ? check(judge, furtherAnswers, context) : Verdict.allow();
    }

    private static Verdict check(Judge judge, FurtherAnswers furtherAnswers, RailContext context) {
        if (context.text().isBlank()) {
            return Verdict.allow();
        }
        String paragraph = String.join(". ", furtherAnswers.ask(context));
        boolean agrees = !judge.judge(context, Map.of("statement", context.text(), "paragraph", paragraph))
                .safe();
        return agrees ? Verdict.allow() : Verdict.block("other answers of the model do not agree with it");
    }
}
