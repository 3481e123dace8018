package dev.guardrails4j.server.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with a request body, collected so that the caller learns all of it at once (contract "chat server" 1.1).
 * For one request; not safe for use by many threads.
 */
final class Violations {

    /** More than these help nobody, and an answer must not grow with the request. */
    private static final int LIMIT = 50;

    private final List<Violation> violations = new ArrayList<>();

    /**
     * Records a violation.
     *
     * @param location where, beginning with {@code "body"}
     * @param message what is wrong, without the value
     */
    void add(String location, String message) {
        if (violations.size() < LIMIT) {
            violations.add(new Violation(location, message));
        }
    }

    /** Ends the reading of the request if anything was found. */
    void throwIfAny() {
        if (!violations.isEmpty()) {
            throw RequestException.invalid(
                    violations.stream().map(Violation::toString).collect(Collectors.joining("; ")),
                    violations.get(0).param());
        }
    }

    private record Violation(String location, String message) {

        String param() {
            int dot = location.indexOf('.');
            return dot < 0 ? "" : location.substring(dot + 1);
        }

        @Override
        public String toString() {
            return location + ": " + message;
        }
    }
}
