package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is wrong with a configuration, so that all of it is reported at once. Bounded: what is found beyond the
 * limit is mentioned, not listed. For one thread.
 */
final class Problems {

    static final int LIMIT = 500;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.location().file())
            .thenComparing(problem -> problem.location().line());

    /** A set, because an alias makes one written value be read many times. */
    private final Set<Problem> found = new LinkedHashSet<>();

    private Optional<Problem> beyondLimit = Optional.empty();

    void error(Location location, String message) {
        add(Problem.error(location, message));
    }

    void warning(Location location, String message) {
        add(Problem.warning(location, message));
    }

    void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    private void add(Problem problem) {
        if (found.size() < LIMIT) {
            found.add(problem);
        } else if (!found.contains(problem)
                && (beyondLimit.isEmpty()
                        || (problem.isError() && !beyondLimit.get().isError()))) {
            // An error among those left out must leave an error behind: the configuration is not to be used.
            beyondLimit = Optional.of(problem);
        }
    }

    /** All of them by file and line; those of one line in the order in which they were found. */
    List<Problem> inOrder() {
        List<Problem> ordered = new ArrayList<>(found);
        ordered.sort(BY_PLACE);
        beyondLimit.ifPresent(problem -> ordered.add(new Problem(
                problem.severity(),
                problem.kind(),
                problem.location(),
                problem.path(),
                problem.message() + " (and more: only the first " + LIMIT + " problems are listed)")));
        return List.copyOf(ordered);
    }
}
