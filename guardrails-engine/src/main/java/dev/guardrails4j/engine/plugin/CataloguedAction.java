package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Action;

/**
 * An action and where it comes from.
 *
 * @param name the name by which it is executed
 * @param action the action; call it through {@link Plugin#call}
 * @param plugin who brings it
 */
public record CataloguedAction(String name, Action action, Plugin plugin) {

    /** Asks the action for what the catalogue must know of it. */
    static CataloguedAction of(Action action, Plugin plugin) {
        String name = ServiceName.require("name()", action.name());
        ServiceName.requireDescription(action.description());
        return new CataloguedAction(name, action, plugin);
    }
}
