package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code llama guard check input}: asks the model of type {@code llama_guard} whether the user's message is safe, with the prompt
 * {@code llama_guard_check_input}. Contract "config and rails" 4.3.
 */
public final class LlamaGuardInputRail implements Rail {

    @Override
    public String name() {
        return "llama guard check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public String description() {
        return "Asks a Llama Guard model whether the user's message is safe.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.toRespond().withException("LlamaGuardInputRailException");
    }

    @Override
    public Disclosure sendsTextTo() {
        return LlamaGuardCheck.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        LlamaGuardCheck check = LlamaGuardCheck.configure(setup, "llama_guard_check_input");
        return context -> check.ask(context, context.text(), "");
    }
}
