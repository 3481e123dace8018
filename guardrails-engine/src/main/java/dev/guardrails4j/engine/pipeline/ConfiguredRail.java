package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.plugin.Plugin;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rail as one configuration mentions it, ready to check.
 *
 * @param id tells it from every other that this process has configured
 * @param stage where it is listed
 * @param flow how it is listed
 * @param check what it does
 * @param rewrites whether it may rewrite the text
 * @param readsParts which content parts it reads beside text
 * @param refusal how a block is told, unless the verdict says
 * @param plugin which jar it is from
 * @param timeout how long one check may take
 * @param gate what every check goes through
 * @param actions what it can execute
 */
record ConfiguredRail(
        long id,
        Stage stage,
        FlowConfig flow,
        RailCheck check,
        boolean rewrites,
        Set<String> readsParts,
        Refusal refusal,
        Plugin plugin,
        Duration timeout,
        RailGate gate,
        ActionBook actions) {

    private static final Pattern NOT_IN_ACTION_NAMES = Pattern.compile("[^a-z0-9]+");

    /** The rail's name: {@code "self check input"}. */
    String name() {
        return flow.reference().name();
    }

    /** The kind of rail that its stage makes it: {@code "input"}, {@code "tool_output"}. */
    String type() {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** The reference as the configuration spells it. */
    String reference() {
        return flow.reference().text();
    }

    /** The action a rail is logged as when it executes none: {@code "self_check_input"}. */
    String actionName() {
        return NOT_IN_ACTION_NAMES.matcher(name().toLowerCase(Locale.ROOT)).replaceAll("_");
    }

    boolean passesWhenFailing() {
        return flow.onError() == FlowConfig.OnError.ALLOW;
    }
}
