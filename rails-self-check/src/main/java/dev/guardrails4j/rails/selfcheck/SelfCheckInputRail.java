package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code self check input [$variant=x]}: asks a language model whether the user's message must be blocked, with the
 * prompt {@code self_check_input}, whose variable is {@code user_input}. Contract "config and rails" 4.2.
 *
 * <p>A message without text is blocked unasked, as the reference does: there is nothing a judge of texts could judge, and
 * what else the message holds (an image) would reach the model unseen.
 */
public final class SelfCheckInputRail implements Rail {

    private static final String TASK = "self_check_input";

    @Override
    public String name() {
        return "self check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public String description() {
        return "Asks a language model whether the user's message must be blocked.";
    }

    @Override
    public List<Setting> parameters() {
        return SelfCheckTask.PARAMETERS;
    }

    @Override
    public Disclosure sendsTextTo() {
        return SelfCheckTask.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Judge judge = SelfCheckTask.of(TASK, setup).judge(setup);
        return context -> check(judge, context);
    }

    private static Verdict check(Judge judge, RailContext context) {
        if (context.text().isBlank()) {
            return Verdict.block("the message has no text that could be checked");
        }
        return SelfCheckVerdict.of(judge.judge(context, Map.of("user_input", context.text())));
    }
}
