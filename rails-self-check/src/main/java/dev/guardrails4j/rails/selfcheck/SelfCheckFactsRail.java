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
 * {@code self check facts}: asks a language model whether the retrieved text supports the answer, with the prompt {@code
 * self_check_facts}, whose variables are {@code evidence} and {@code response}. Contract "config and rails" 4.2.
 *
 * <p>Runs only if the context variable {@code check_facts} is true. Without retrieved text there is nothing to hold the
 * answer against, and it passes.
 *
 * <p>The prompt asks the other way round than those of the other rails: "yes" is what the answer needs. Judgements are
 * read as everywhere, "yes" as not safe, so here <em>not safe</em> means supported. An output parser named by the prompt
 * must keep to that.
 */
public final class SelfCheckFactsRail implements Rail {

    private static final SelfCheckTask TASK = SelfCheckTask.of("self_check_facts");

    @Override
    public String name() {
        return "self check facts";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a language model whether the retrieved text supports the answer, if check_facts is true.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.toRespond().withException("FactCheckRailException");
    }

    @Override
    public Disclosure sendsTextTo() {
        return SelfCheckTask.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Judge judge = TASK.judge(setup);
        return context -> context.flag("check_facts") ? check(judge, context) : Verdict.allow();
    }

    private static Verdict check(Judge judge, RailContext context) {
        String evidence = String.join("\n", context.relevantChunks());
        if (evidence.isBlank() || context.text().isBlank()) {
            return Verdict.allow();
        }
        boolean supported = !judge.judge(context, Map.of("evidence", evidence, "response", context.text()))
                .safe();
        return supported ? Verdict.allow() : Verdict.block("not supported by the evidence");
    }
}
