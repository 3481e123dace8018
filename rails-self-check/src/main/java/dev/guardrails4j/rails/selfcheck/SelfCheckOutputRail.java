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
 * {@code self check output [$variant=x]}: asks a language model whether the answer must be blocked, with the prompt {@code
 * self_check_output}, whose variables are {@code user_input}, {@code bot_response} and {@code bot_thinking}. Contract
 * "config and rails" 4.2.
 *
 * <p>An answer without text (tool calls only) passes unasked: it shows the user nothing.
 */
public final class SelfCheckOutputRail implements Rail {

    private static final String TASK = "self_check_output";

    @Override
    public String name() {
        return "self check output";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a language model whether the answer must be blocked.";
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
            return Verdict.allow();
        }
        return SelfCheckVerdict.of(judge.judge(
                context,
                Map.of(
                        "user_input", context.userText(),
                        "bot_response", context.text(),
                        "bot_thinking", context.reasoning().orElse(""))));
    }
}
