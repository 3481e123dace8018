package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.SafeText;
import dev.guardrails4j.server.wire.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success, contract "checks" 6.1.
 *
 * @param detail what went wrong
 * @param path of what was not found; null if it is something else
 * @param method of what was not found; null if it is something else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DetailBody(
        String detail, @Nullable String path, @Nullable String method) {

    /** An error. Keys and addresses are taken out of what it says. */
    public static DetailBody of(String detail) {
        return new DetailBody(SafeText.of(detail), null, null);
    }

    /** Something that is not there. */
    public static DetailBody notFound(String detail, String method, String path) {
        return new DetailBody(SafeText.of(detail), path, method);
    }

    /** A refusal of the request. */
    public static DetailBody of(RequestException refusal) {
        List<Violation> violations = refusal.violations();
        return of(violations.isEmpty() ? String.valueOf(refusal.getMessage()) : text(violations));
    }

    /** Contract "checks" 6.2: a broken rule alone, else one violation with the prefix or several without. */
    private static String text(List<Violation> violations) {
        return violations.stream()
                .filter(Violation::isRule)
                .findFirst()
                .or(() -> violations.size() == 1 ? violations.stream().findFirst() : Optional.empty())
                .map(only -> "Validation error at " + told(only))
                .orElseGet(() -> violations.stream().map(DetailBody::told).collect(Collectors.joining("; ")));
    }

    private static String told(Violation violation) {
        return violation.location() + ": " + violation.message();
    }
}
