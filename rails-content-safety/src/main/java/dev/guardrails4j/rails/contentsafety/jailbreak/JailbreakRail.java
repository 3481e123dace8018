package dev.guardrails4j.rails.contentsafety.jailbreak;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import java.util.List;
import java.util.Set;

/** What both rails have in common. */
abstract class JailbreakRail implements Rail {

    @Override
    public final Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public final Refusal refusal() {
        return Refusal.toRespond().withException("JailbreakDetectionRailException");
    }

    @Override
    public final List<Setting> settings() {
        return JailbreakSettings.DESCRIPTION;
    }
}
