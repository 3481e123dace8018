package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginDescription;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The actions that one configuration can execute: those that jars bring, and all others on its actions server, if it has
 * one (contract "config and rails" 2.9). Immutable; safe for use by many threads.
 */
final class ActionBook {

    private static final String RUN = "/v1/actions/run";

    private final Catalogue catalogue;
    private final Optional<Remote> remote;

    private ActionBook(Catalogue catalogue, Optional<Remote> remote) {
        this.catalogue = catalogue;
        this.remote = remote;
    }

    /**
     * Those of a configuration.
     *
     * @param connect connects a server
     * @throws dev.guardrails4j.api.RailConfigurationException if there cannot be a server at the configured address
     */
    static ActionBook of(RailsConfig config, Catalogue catalogue, Function<EndpointAddress, JsonEndpoint> connect) {
        return new ActionBook(catalogue, config.actionsServerUrl().map(url -> Remote.at(url, connect)));
    }

    /** No actions at all. */
    static ActionBook none() {
        return new ActionBook(Catalogue.combine(List.of()), Optional.empty());
    }

    /** An action of this name: a jar's, or else one on the actions server, which may turn out not to have it. */
    Optional<CataloguedAction> find(String name) {
        return catalogue.action(name).or(() -> remote.map(server -> server.action(name)));
    }

    private record Remote(JsonEndpoint endpoint, Plugin plugin) {

        static Remote at(String url, Function<EndpointAddress, JsonEndpoint> connect) {
            String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            return new Remote(
                    connect.apply(EndpointAddress.of("actions_server", URI.create(base + RUN))),
                    new Plugin(
                            "actions server",
                            Optional.empty(),
                            Plugin.Origin.CLASS_PATH,
                            PluginDescription.NONE,
                            ActionBook.class.getClassLoader()));
        }

        CataloguedAction action(String name) {
            return new CataloguedAction(name, new RemoteAction(name, endpoint), plugin);
        }
    }
}
