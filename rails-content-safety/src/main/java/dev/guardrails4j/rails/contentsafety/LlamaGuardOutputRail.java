package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code llama guard check output}: asks the model of type {@code llama_guard} whether the answer is safe, with the prompt
 * {@code llama_guard_check_output}. Contract "config and rails" 4.3.
 */
public final class LlamaGuardOutputRail implements Rail {

    @Override
    public String name() {
        return "llama guard check output";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a Llama Guard model whether the answer is safe.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.toRespond().withException("LlamaGuardOutputRailException");
    }

    @Override
    public Disclosure sendsTextTo() {
        return LlamaGuardCheck.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        LlamaGuardCheck check = LlamaGuardCheck.configure(setup, "llama_guard_check_output");
        return context -> check.ask(context, context.userText(), context.text());
    }
}
