package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/** A rail that asks a server about one stage only, as those do that the reference names after their stage. */
public abstract class OneStageRail implements Rail {

    private final String name;
    private final Stage stage;
    private final String description;
    private final Disclosure disclosure;

    /**
     * Made by a subclass without parameters.
     *
     * @param name the flow name
     * @param description what the rail is for, in one sentence
     * @param server to whom it sends the text
     */
    protected OneStageRail(String name, Stage stage, String description, String server) {
        this.name = name;
        this.stage = stage;
        this.description = description;
        this.disclosure = Disclosure.to(server);
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

    @Override
    public final Disclosure sendsTextTo() {
        return disclosure;
    }
}
