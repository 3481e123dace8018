package dev.guardrails4j.server.http;

import dev.guardrails4j.server.checks.DetailBody;
import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.wire.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** How an API words its errors. */
enum ErrorDialect {

    /** The OpenAI envelope, contract "chat server" 1.1. */
    OPENAI {
        @Override
        ErrorAnswer answer(Exception exception, String method, String path) {
            return ErrorAnswers.of(exception);
        }

        @Override
        ErrorAnswer notFound(String method, String path) {
            return ErrorAnswer.of(HttpStatus.NOT_FOUND_404, "Not Found");
        }

        @Override
        ErrorAnswer answer(int status, String message, Map<String, String> headers) {
            return ErrorAnswer.of(status, ErrorBody.of(status, message, Optional.empty(), Optional.empty()), headers);
        }
    },

    /** One string, contract "checks" 6.1. */
    DETAIL {
        @Override
        ErrorAnswer answer(Exception exception, String method, String path) {
            ErrorAnswer answer = DetailAnswers.of(exception);
            if (!(exception instanceof RequestException)) {
                return answer;
            }
            return switch (answer.status()) {
                case HttpStatus.NOT_FOUND_404 ->
                    ErrorAnswer.of(
                            answer.status(), DetailBody.notFound(answer.message(), method, path), answer.headers());
                // Clients that retry by themselves would repeat a change that somebody else has overtaken.
                case HttpStatus.CONFLICT_409 ->
                    ErrorAnswer.of(answer.status(), DetailBody.of(answer.message()), Map.of("x-should-retry", "false"));
                default -> answer;
            };
        }

        @Override
        ErrorAnswer notFound(String method, String path) {
            return ErrorAnswer.of(
                    HttpStatus.NOT_FOUND_404,
                    DetailBody.notFound("The requested resource was not found.", method, path),
                    Map.of());
        }

        @Override
        ErrorAnswer answer(int status, String message, Map<String, String> headers) {
            return ErrorAnswer.of(status, DetailBody.of(message), headers);
        }
    };

    private static final List<String> DETAIL_PATHS = List.of("/apis/", "/v2/", "/v1/guardrail/", "/v1/actions/");

    /** The dialect of a path, which is taken without what every path of the server begins with. */
    static ErrorDialect of(String path) {
        return DETAIL_PATHS.stream().anyMatch(path::startsWith) ? DETAIL : OPENAI;
    }

    /** What the caller is told of an exception, and the operator what the caller is not. */
    abstract ErrorAnswer answer(Exception exception, String method, String path);

    abstract ErrorAnswer answer(int status, String message, Map<String, String> headers);

    abstract ErrorAnswer notFound(String method, String path);

    /** @param allowed the methods that the path answers */
    ErrorAnswer notAllowed(String allowed) {
        return answer(HttpStatus.METHOD_NOT_ALLOWED_405, "Method Not Allowed", Map.of("Allow", allowed));
    }
}
