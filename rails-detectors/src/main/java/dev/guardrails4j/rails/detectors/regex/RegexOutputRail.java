package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code regex check output}: blocks an answer in which one of the patterns of {@code regex_detection.output} is found. Contract
 * "config and rails" 4.8.
 */
public final class RegexOutputRail implements Rail {

    @Override
    public String name() {
        return "regex check output";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Blocks an answer that matches a configured pattern.";
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return RegexCheck.configure(setup, "output");
    }
}
