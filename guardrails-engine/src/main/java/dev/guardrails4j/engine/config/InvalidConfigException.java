package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; names every problem at once. */
public final class InvalidConfigException extends RailConfigurationException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems all that was found, at least one of them an error */
    public InvalidConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
