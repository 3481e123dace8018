package dev.guardrails4j.engine.config;

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

    /** Whether the configuration cannot be used. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
