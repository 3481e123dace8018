package dev.guardrails4j.engine;

import dev.guardrails4j.engine.pipeline.ActionRunner;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import dev.guardrails4j.engine.plugin.LiveCatalogue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The actions that jars bring, to be executed on their own and not by a rail: contract "chat server" 1.10. Safe for use by
 * many threads.
 */
@Singleton
public final class Actions {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern WORD_BEGINNING = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern ACTION_SUFFIX = Pattern.compile("Action$");

    private final LiveCatalogue live;
    private final ActionRunner runner;

    @Inject
    Actions(LiveCatalogue live, ActionRunner runner) {
        this.live = live;
        this.runner = runner;
    }

    /** The names of all actions, sorted. */
    public List<String> names() {
        return live.current().actions().stream().map(CataloguedAction::name).toList();
    }

    /**
     * Executes an action, for a minute at most.
     *
     * @param name its name; {@code "LookupCustomerAction"} stands for {@code "lookup_customer"}
     * @param parameters its parameters, in JSON-like values
     * @return what it returned, a JSON-like value; empty if there is no such action, or it failed, which is logged
     * @throws dev.guardrails4j.api.ModelException if a model that it asks cannot be reached or refuses
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    public Optional<Object> run(String name, Map<String, Object> parameters) {
        try (LiveCatalogue.Use use = live.use()) {
            Catalogue catalogue = use.catalogue();
            return catalogue
                    .action(name)
                    .or(() -> catalogue.action(snakeCase(name)))
                    .flatMap(action -> runner.run(action, parameters, LIMIT, catalogue));
        }
    }

    private static String snakeCase(String name) {
        String words = ACTION_SUFFIX.matcher(name).replaceFirst("");
        return WORD_BEGINNING.matcher(words).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
