package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import java.util.Set;

/**
 * {@code regex check retrieval}: blocks retrieved text in which one of the patterns of {@code regex_detection.retrieval} is found. Contract
 * "config and rails" 4.8.
 */
public final class RegexRetrievalRail implements Rail {

    @Override
    public String name() {
        return "regex check retrieval";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.RETRIEVAL);
    }

    @Override
    public String description() {
        return "Blocks retrieved text that matches a configured pattern.";
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return RegexCheck.configure(setup, "retrieval");
    }
}
