package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.List;
import java.util.Set;

/**
 * {@code topic safety check input $model=x}: asks the model of type x whether the user's message keeps to the topics that the
 * prompt {@code topic_safety_check_input $model=x} describes. Contract "config and rails" 4.4.
 */
public final class TopicSafetyRail implements Rail {

    @Override
    public String name() {
        return "topic safety check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public String description() {
        return "Asks a topic control model whether the user's message keeps to the topics there are.";
    }

    @Override
    public List<Setting> parameters() {
        return List.of(ModelParameter.DESCRIPTION);
    }

    @Override
    public Disclosure sendsTextTo() {
        return ModelParameter.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        TopicCheck check = TopicCheck.configure(setup);
        return context -> Blank.verdict(context).orElseGet(() -> check.ask(context));
    }
}
