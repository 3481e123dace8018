package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.Stage;
import java.util.Objects;
import java.util.Set;

/**
 * A rail and where it comes from.
 *
 * @param name the name by which configurations refer to it
 * @param rail the rail; call it through {@link Plugin#call}
 * @param plugin who brings it
 */
public record CataloguedRail(String name, Rail rail, Plugin plugin) {

    /** Asks the rail for what the catalogue must know of it. */
    static CataloguedRail of(Rail rail, Plugin plugin) {
        String name = ServiceName.require("name()", rail.name());
        if (name.contains("$")) {
            throw new PluginFaultException(
                    "name() returns '" + name + "'; '$' begins a parameter and cannot be part of a rail's name");
        }
        Set<Stage> stages = rail.stages();
        if (stages == null || stages.isEmpty() || stages.stream().anyMatch(Objects::isNull)) {
            throw new PluginFaultException("stages() is empty or holds null; return at least one stage of INPUT, "
                    + "RETRIEVAL and OUTPUT, or no configuration can list the rail");
        }
        ServiceName.requireDescription(rail.description());
        return new CataloguedRail(name, rail, plugin);
    }
}
