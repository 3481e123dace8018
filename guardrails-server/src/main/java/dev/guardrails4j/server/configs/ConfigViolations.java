package dev.guardrails4j.server.configs;

import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.server.wire.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration of a caller, in the words of contract "checks" 6.2 and 8.1. */
final class ConfigViolations {

    private static final String INLINE = "body.guardrails.config";

    private ConfigViolations() {}

    /** What is wrong with the {@code data} of a stored configuration. */
    static List<Violation> ofStored(List<Problem> problems) {
        return of("data", problems);
    }

    /** What is wrong with a configuration in a request: it is neither the name of one nor one. */
    static List<Violation> ofInline(List<Problem> problems) {
        List<Violation> violations = new ArrayList<>();
        violations.add(new Violation(INLINE + ".str", "Input should be a valid string", false));
        violations.addAll(of(INLINE + ".RailsConfig", problems));
        return violations;
    }

    private static List<Violation> of(String place, List<Problem> problems) {
        return problems.stream()
                .filter(Problem::isError)
                .map(problem -> of(place, problem))
                .toList();
    }

    private static Violation of(String place, Problem problem) {
        String location = problem.path().isEmpty() ? place : place + "." + dotted(problem.path());
        return switch (problem.kind()) {
            case MISSING -> new Violation(location, "Field required", false);
            case UNKNOWN_KEY -> new Violation(location, "Extra inputs are not permitted", false);
            case VALUE -> new Violation(location, withoutPath(problem), false);
            case RULE -> new Violation(location, problem.message(), true);
        };
    }

    /** {@code "models.0.engine"} for {@code "models[0].engine"}. */
    private static String dotted(String path) {
        return path.replace("[", ".").replace("]", "");
    }

    private static String withoutPath(Problem problem) {
        String message = problem.message();
        return message.startsWith(problem.path())
                ? message.substring(problem.path().length()).replaceFirst("^:? ", "")
                : message;
    }
}
