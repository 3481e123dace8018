package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a rail says of itself, asked once, when its jar is loaded: what is shown of it later runs none of its code.
 *
 * @param stages where it may be listed; at least one, in the order of a conversation
 * @param description what it is for; may be empty
 * @param rewrites whether it may rewrite the text
 * @param readsParts the types of content parts that it reads beside text
 * @param refusal how its blocks are told
 * @param parameters the parameters it describes
 * @param settings the sections of {@code rails.config} it describes
 * @param sendsTextTo who gets to see the text
 */
public record RailDescription(
        Set<Stage> stages,
        String description,
        boolean rewrites,
        Set<String> readsParts,
        Refusal refusal,
        List<Setting> parameters,
        List<Setting> settings,
        Disclosure sendsTextTo) {

    public RailDescription {
        stages = Collections.unmodifiableSet(EnumSet.copyOf(stages));
        readsParts = Set.copyOf(readsParts);
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
    }

    static RailDescription of(Rail rail) {
        Set<Stage> stages = rail.stages();
        if (stages == null || stages.isEmpty() || stages.stream().anyMatch(Objects::isNull)) {
            throw new PluginFaultException("stages() is empty or holds null; return at least one stage of INPUT, "
                    + "RETRIEVAL and OUTPUT, or no configuration can list the rail");
        }
        ServiceName.requireDescription(rail.description());
        Disclosure sendsTextTo = rail.sendsTextTo();
        if (sendsTextTo == null) {
            throw new PluginFaultException("sendsTextTo() returns null; return Disclosure.notStated() to say nothing");
        }
        Set<String> readsParts = rail.readsParts();
        if (readsParts == null || readsParts.stream().anyMatch(Objects::isNull)) {
            throw new PluginFaultException("readsParts() is null or holds null; return an empty set if it reads none");
        }
        Refusal refusal = rail.refusal();
        if (refusal == null) {
            throw new PluginFaultException("refusal() returns null; return Refusal.toRespond() for the usual one");
        }
        return new RailDescription(
                stages,
                rail.description(),
                rail.rewrites(),
                readsParts,
                refusal,
                ofType("parameters()", rail.parameters(), Set.of(Setting.Type.STRING), "a string"),
                ofType(
                        "settings()",
                        rail.settings(),
                        Set.of(Setting.Type.SECTION, Setting.Type.OPEN_SECTION),
                        "a section of rails.config"),
                sendsTextTo);
    }

    private static List<Setting> ofType(
            String method, Collection<Setting> settings, Set<Setting.Type> types, String due) {
        if (settings == null || settings.stream().anyMatch(Objects::isNull)) {
            throw new PluginFaultException(method + " is null or holds null; return an empty list to describe nothing");
        }
        Set<String> names = new HashSet<>();
        for (Setting setting : settings) {
            if (!types.contains(setting.type())) {
                throw new PluginFaultException(
                        method + " describes '" + Fault.quote(setting.name()) + "', which must be " + due);
            }
            if (!names.add(setting.name())) {
                throw new PluginFaultException(
                        method + " describes '" + Fault.quote(setting.name()) + "' twice; describe it once");
            }
        }
        return List.copyOf(settings);
    }
}
