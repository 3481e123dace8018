package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.server.access.Caller;
import dev.guardrails4j.server.access.Right;
import dev.guardrails4j.server.checks.ConfigChoice;
import dev.guardrails4j.server.configs.RequestedConfigs;
import dev.guardrails4j.server.configs.Workspaces;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Opens the configurations that requests to the guardrail microservice are for: contract "checks" 3.4. Safe for use by many
 * threads.
 */
final class MicroserviceConfigs {

    /** The parameter of paths that name a workspace. */
    static final String WORKSPACE = "workspace";

    private static final String INLINE = "inline";
    private static final String NO_RAILS = "system/default";

    private final RequestedConfigs requested;
    private final Configurations operators;
    private final Optional<String> defaultConfigId;

    MicroserviceConfigs(RequestedConfigs requested, Configurations operators, Optional<String> defaultConfigId) {
        this.requested = requested;
        this.operators = operators;
        this.defaultConfigId = defaultConfigId;
    }

    /**
     * The guardrails that a request wants.
     *
     * @return to be closed by the caller when its request has ended
     * @throws dev.guardrails4j.server.wire.RequestException if there are none, they cannot be used, or the caller may not
     *     use them
     */
    Guardrails open(Context context, ConfigChoice choice) {
        if (choice instanceof ConfigChoice.Inline inline) {
            requireInline(context);
            return requested.inline(inline.config());
        }
        Caller caller = AccessGate.caller(context);
        caller.requireWorkspace(workspace(context));
        List<String> names = names(choice);
        AccessLog.note(context, names);
        String home = choice instanceof ConfigChoice.Stored ? workspace(context) : Workspaces.DEFAULT;
        caller.requireConfigs(names, home);
        return requested.named(home, names);
    }

    private static void requireInline(Context context) {
        AccessLog.note(context, List.of(INLINE));
        Caller caller = AccessGate.caller(context);
        caller.requireWorkspace(workspace(context));
        caller.require(Right.INLINE_CONFIGS);
    }

    /** What the chosen configurations are called; nothing if the request brings its own. */
    List<String> names(ConfigChoice choice) {
        if (choice instanceof ConfigChoice.Stored stored) {
            return stored.references();
        }
        return choice instanceof ConfigChoice.Inline
                ? List.of()
                : List.of(defaultId().orElse(NO_RAILS));
    }

    /**
     * The same; but a configuration that the request carries, and which has no models, gets those of the server's default:
     * contract "checks" 10.
     */
    Guardrails openWithModels(Context context, ConfigChoice choice) {
        if (choice instanceof ConfigChoice.Inline inline) {
            requireInline(context);
            return requested.inline(inline.config(), defaultId());
        }
        return open(context, choice);
    }

    /** Whether the operator has said what serves requests that name nothing. */
    boolean hasDefault() {
        return defaultId().isPresent();
    }

    private Optional<String> defaultId() {
        return defaultConfigId.or(operators::singleId);
    }

    private static String workspace(Context context) {
        return context.pathParamMap().getOrDefault(WORKSPACE, Workspaces.DEFAULT);
    }
}
