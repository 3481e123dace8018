package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What reading a configuration gave. Immutable.
 *
 * @param config the configuration, as good as it could be read; not to be used if a problem is an error
 * @param trust how far it is trusted
 * @param problems all that was found, by file and line
 */
public record LoadedConfig(RailsConfig config, Trust trust, List<Problem> problems) {

    public LoadedConfig {
        problems = List.copyOf(problems);
    }

    /** The same with the models of another, and trusted no farther than either. What is wrong with that one is not told. */
    public LoadedConfig borrowingModels(LoadedConfig lender) {
        List<Problem> found = new ArrayList<>(problems);
        if (lender.hasErrors()) {
            found.add(Problem.error(
                    new Location(config.id(), 0), "The configuration whose models it would get cannot be used now"));
        }
        return new LoadedConfig(config.withModels(lender.config().models()), Trust.least(trust, lender.trust()), found);
    }

    /** Whether the configuration cannot be used. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
