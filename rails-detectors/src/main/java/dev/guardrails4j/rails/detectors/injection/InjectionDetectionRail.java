package dev.guardrails4j.rails.detectors.injection;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code injection detection}: looks for SQL, scripts, templates and code in what the model says and in the arguments of the
 * tools it calls. Contract "config and rails" 1.4 and 4.6.
 */
public final class InjectionDetectionRail implements Rail {

    private static final Refusal REFUSAL = Refusal.toRespond().withException("InjectionDetectionRailException");

    @Override
    public String name() {
        return "injection detection";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT, Stage.TOOL_OUTPUT);
    }

    @Override
    public String description() {
        return "Blocks answers and tool calls with SQL, script, template or code injections, or takes these out.";
    }

    @Override
    public boolean rewrites() {
        return true;
    }

    @Override
    public Refusal refusal() {
        return REFUSAL;
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Settings settings = setup.settings("injection_detection");
        boolean omit = switch (settings.string("action", "reject")) {
            case "reject" -> false;
            case "omit" -> true;
            case "sanitize" ->
                throw settings.error("action", "'sanitize' is not implemented, there or here; reject or omit is");
            default -> throw settings.error("action", "must be reject or omit");
        };
        return new InjectionCheck(InjectionRules.of(settings, setup.isTrusted()), omit);
    }
}
