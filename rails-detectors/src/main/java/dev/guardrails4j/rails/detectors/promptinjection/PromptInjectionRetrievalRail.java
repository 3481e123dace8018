package dev.guardrails4j.rails.detectors.promptinjection;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import java.util.List;
import java.util.Set;

/** {@code prompt injection check retrieval}. */
public final class PromptInjectionRetrievalRail implements Rail {

    @Override
    public String name() {
        return "prompt injection check retrieval";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.RETRIEVAL);
    }

    @Override
    public String description() {
        return "Leaves out what was retrieved if it speaks to the model as instructions do.";
    }

    @Override
    public List<Setting> settings() {
        return PromptInjectionCheck.SETTINGS;
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return PromptInjectionCheck.of(setup);
    }
}
