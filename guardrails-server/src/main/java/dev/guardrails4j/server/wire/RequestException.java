package dev.guardrails4j.server.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request cannot be served, and why is the caller's to know. The message never holds a field's value, except the ids of
 * configurations that could not be loaded (contract "chat server" 1.1).
 */
public final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Violation> violations;

    private RequestException(int status, String message, String code, List<Violation> violations) {
        super(message);
        this.status = status;
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    /** A refusal that names no field. */
    public static RequestException of(int status, String message) {
        return new RequestException(status, message, "", List.of());
    }

    /** A refusal that clients tell apart by its code ({@code "queue_full"}). */
    public static RequestException withCode(int status, String message, String code) {
        return new RequestException(status, message, code, List.of());
    }

    /** Configurations that are not there, or are not right: which of it, only the log tells (contract 1.1). */
    public static RequestException cannotLoad(List<String> configIds) {
        return of(400, "Could not load the requested guardrails configuration: " + PythonText.list(configIds));
    }

    /** A request that is not what it has to be: status 422. */
    public static RequestException invalid(List<Violation> violations) {
        return new RequestException(
                422, violations.stream().map(Violation::toString).collect(Collectors.joining("; ")), "", violations);
    }

    /** A request of which one place is not what it has to be: status 422. */
    static RequestException invalid(String location, String message) {
        return invalid(List.of(new Violation(location, message, false)));
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The field at fault, if it is one. */
    public Optional<String> param() {
        return violations.stream().findFirst().map(Violation::param).filter(field -> !field.isEmpty());
    }

    /** What clients tell the refusal by. */
    public Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    /** What is wrong with the request, if its body or query is. */
    public List<Violation> violations() {
        return violations;
    }
}
