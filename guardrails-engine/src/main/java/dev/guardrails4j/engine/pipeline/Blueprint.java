package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.model.ModelHttpClient;
import dev.guardrails4j.engine.plugin.LiveCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration compiled: rails configured, prompts parsed, models connected. Nothing is parsed or looked up by name
 * after this. Immutable; safe for use by many threads.
 *
 * @param config what it was compiled from
 * @param rails the rails of each stage in configured order; an entry for every stage
 * @param main the main model
 * @param models every connected model by its type, {@code main} among them
 * @param connections those that only this configuration's servers have
 * @param reach what it reaches of the world around it
 * @param warnings what its author should know
 * @param plugins what its rails and models are from, held until it is closed
 */
public record Blueprint(
        RailsConfig config,
        Map<Stage, List<ConfiguredRail>> rails,
        MainModel main,
        Map<String, ChatModel> models,
        Collection<ModelHttpClient> connections,
        Reach reach,
        List<Problem> warnings,
        LiveCatalogue.Use plugins)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Blueprint.class);

    List<ConfiguredRail> railsAt(Stage stage) {
        return rails.getOrDefault(stage, List.of());
    }

    @Override
    public void close() {
        try (plugins) {
            models.values().forEach(Blueprint::close);
            connections.forEach(ModelHttpClient::close);
        }
    }

    /** Models may be a plug-in's: one that fails to close must not keep the others open. */
    private static void close(ChatModel model) {
        try {
            model.close();
        } catch (RuntimeException | LinkageError fault) {
            LOG.warn("A model could not be closed", fault);
        }
    }
}
