package dev.guardrails4j.rails.detectors;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/** A rail that looks at one stage only, as most of those do that the reference names after their stage. */
public abstract class OneStageRail implements Rail {

    private final String name;
    private final Stage stage;
    private final String description;

    /**
     * Made by a subclass without parameters.
     *
     * @param name the flow name
     * @param description what the rail is for, in one sentence
     */
    protected OneStageRail(String name, Stage stage, String description) {
        this.name = name;
        this.stage = stage;
        this.description = description;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Stage> stages() {
        return Set.of(stage);
    }

    @Override
    public final String description() {
        return description;
    }

    /** Detectors need no model and no service. */
    @Override
    public final Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }
}
