package dev.guardrails4j.server.openai;

import java.util.List;
import java.util.Optional;

/**
 * A request cannot be served, and why is the caller's to know. The message never holds a field's value, except the ids of
 * configurations that could not be loaded (contract "chat server" 1.1).
 */
public final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String param;
    private final String code;

    private RequestException(int status, String message, String param, String code) {
        super(message);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /** A refusal that names no field. */
    public static RequestException of(int status, String message) {
        return new RequestException(status, message, "", "");
    }

    /** A refusal that clients tell apart by its code ({@code "queue_full"}). */
    public static RequestException withCode(int status, String message, String code) {
        return new RequestException(status, message, "", code);
    }

    /** Configurations that are not there, or are not right: which of it, only the log tells (contract 1.1). */
    public static RequestException cannotLoad(List<String> configIds) {
        return of(400, "Could not load the requested guardrails configuration: " + PythonText.list(configIds));
    }

    /**
     * The body is not what it has to be: status 422.
     *
     * @param message what is wrong, beginning with where
     * @param param the field at fault, empty if it is the whole body
     */
    static RequestException invalid(String message, String param) {
        return new RequestException(422, message, param, "");
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** What the caller is told. */
    public ErrorBody body() {
        return ErrorBody.of(status, String.valueOf(getMessage()), optional(param), optional(code));
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
