package dev.guardrails4j.rails.detectors.promptinjection;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import java.util.List;
import java.util.Set;

/** {@code prompt injection check input}. */
public final class PromptInjectionInputRail implements Rail {

    @Override
    public String name() {
        return "prompt injection check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public String description() {
        return "Blocks what the user says if it wants to override instructions, change the role or get at the system"
                + " prompt.";
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
