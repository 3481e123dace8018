package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.List;
import java.util.Set;

/**
 * {@code content safety check output $model=x}: asks the safety model of type x whether the answer is safe. Contract
 * "config and rails" 4.3.
 */
public final class ContentSafetyOutputRail implements Rail {

    @Override
    public String name() {
        return "content safety check output";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a safety model whether the answer is safe.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.toRespond().withException("ContentSafetyCheckOutputException");
    }

    @Override
    public List<Setting> parameters() {
        return List.of(ModelParameter.DESCRIPTION);
    }

    @Override
    public List<Setting> settings() {
        return SafetyModelCheck.SETTINGS;
    }

    @Override
    public Disclosure sendsTextTo() {
        return ModelParameter.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        SafetyModelCheck check = SafetyModelCheck.configure(setup, "content_safety_check_output");
        return context ->
                Blank.verdict(context).orElseGet(() -> check.ask(context, context.userText(), context.text()));
    }
}
