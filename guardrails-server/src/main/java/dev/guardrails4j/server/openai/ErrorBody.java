package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.engine.GenerationResult.RailsException;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.SafeText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success (contract "chat server" 1.1).
 *
 * @param error what went wrong
 */
public record ErrorBody(Details error) {

    private static final String BLOCKED_TYPE = "guardrails_violation";
    private static final String BLOCKED_CODE = "content_blocked";

    /**
     * An error.
     *
     * @param status the HTTP status, from which follows the type
     * @param message what went wrong; keys and addresses are taken out
     * @param param the field or flow at fault
     * @param code what clients tell the error by
     */
    public static ErrorBody of(int status, String message, Optional<String> param, Optional<String> code) {
        return new ErrorBody(new Details(
                SafeText.of(message),
                type(status),
                param.map(SafeText::of).orElse(null),
                code.map(SafeText::of).orElse(null),
                null));
    }

    /** A refusal of the request. */
    public static ErrorBody of(RequestException refusal) {
        return of(refusal.status(), String.valueOf(refusal.getMessage()), refusal.param(), refusal.code());
    }

    /** A block, told as an error with the reference's exception (DESIGN 5; contract "config and rails" 2.4). */
    public static ErrorBody blocked(String flow, RailsException exception, Instant at) {
        return new ErrorBody(
                new Details(exception.message(), BLOCKED_TYPE, flow, BLOCKED_CODE, ExceptionEvent.of(exception, at)));
    }

    private static String type(int status) {
        return switch (status) {
            case 400, 422 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "api_error";
        };
    }

    /**
     * What went wrong.
     *
     * @param exception the reference's exception, if a block is told so
     */
    public record Details(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ExceptionEvent exception) {}

    /** The reference's exception, as its clients know it. */
    public record ExceptionEvent(String type, String uid, String eventCreatedAt, String sourceUid, String message) {

        private static final DateTimeFormatter CREATED_AT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

        static ExceptionEvent of(RailsException exception, Instant at) {
            return new ExceptionEvent(
                    exception.type(),
                    UUID.randomUUID().toString(),
                    CREATED_AT.format(at.atOffset(ZoneOffset.UTC)),
                    "NeMoGuardrails",
                    exception.message());
        }
    }
}
