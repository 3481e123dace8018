package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code regex check input}: blocks a user's message in which one of the patterns of {@code regex_detection.input} is found. Contract
 * "config and rails" 4.8.
 */
public final class RegexInputRail implements Rail {

    @Override
    public String name() {
        return "regex check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public String description() {
        return "Blocks a user's message that matches a configured pattern.";
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return RegexCheck.configure(setup, "input");
    }
}
