package dev.guardrails4j.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the scenario "start-up" measures.
 *
 * @param starts of each way
 * @param examples whether the bundled examples are served, instead of one configuration with a mock model and one rail
 * @param javas homes of those to start on; empty for the one that the launcher chooses
 */
record StartUpSettings(int starts, boolean examples, List<Path> javas) {

    StartUpSettings {
        if (starts < 1 || starts > 1_000) {
            throw new IllegalArgumentException("--starts takes 1 to 1,000");
        }
        javas = List.copyOf(javas);
    }

    /** Each Java to start on; empty for the one that the launcher chooses. */
    List<Optional<Path>> eachJava() {
        return javas.isEmpty()
                ? List.of(Optional.empty())
                : javas.stream().map(Optional::of).toList();
    }
}
