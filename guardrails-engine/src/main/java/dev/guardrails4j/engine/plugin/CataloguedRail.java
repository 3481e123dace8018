package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Rail;

/**
 * A rail and where it comes from.
 *
 * @param name the name by which configurations refer to it
 * @param rail the rail; call it through {@link Plugin#call}
 * @param plugin who brings it
 * @param description what it said of itself
 */
public record CataloguedRail(String name, Rail rail, Plugin plugin, RailDescription description) {

    /** Asks the rail for what the catalogue must know of it. */
    static CataloguedRail of(Rail rail, Plugin plugin) {
        String name = ServiceName.require("name()", rail.name());
        if (name.contains("$")) {
            throw new PluginFaultException(
                    "name() returns '" + name + "'; '$' begins a parameter and cannot be part of a rail's name");
        }
        return new CataloguedRail(name, rail, plugin, RailDescription.of(rail));
    }
}
