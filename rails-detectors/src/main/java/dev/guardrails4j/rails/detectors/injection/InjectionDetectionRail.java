package dev.guardrails4j.rails.detectors.injection;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code injection detection}: looks for SQL, scripts, templates and code in what the model says and in the arguments of the
 * tools it calls. Contract "config and rails" 1.4 and 4.6.
 */
public final class InjectionDetectionRail implements Rail {

    private static final String SECTION = "injection_detection";
    private static final String ACTION = "action";
    private static final String REJECT = "reject";

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
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(InjectionRules.DESCRIPTION);
        settings.add(Setting.string(ACTION, "reject, or omit to take out what is found.")
                .defaultsTo(REJECT));
        return List.of(Setting.section(SECTION, "Which injections are looked for.", settings.toArray(Setting[]::new)));
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
        Settings settings = setup.settings(SECTION);
        boolean omit = switch (settings.string(ACTION, REJECT)) {
            case REJECT -> false;
            case "omit" -> true;
            case "sanitize" ->
                throw settings.error(ACTION, "'sanitize' is not implemented, there or here; reject or omit is");
            default -> throw settings.error(ACTION, "must be reject or omit");
        };
        return new InjectionCheck(InjectionRules.of(settings, setup.isTrusted()), omit);
    }
}
