package dev.guardrails4j.server.http;

import dev.guardrails4j.server.checks.DetailBody;
import dev.guardrails4j.server.wire.RequestException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Exceptions as answers of the guardrail microservice, contract "checks" 6: where it does not say otherwise, the same
 * statuses as in {@link ErrorAnswers}.
 */
final class DetailAnswers {

    private DetailAnswers() {}

    static ErrorAnswer of(Exception exception) {
        ErrorAnswer known = ErrorAnswers.of(exception);
        if (exception instanceof RequestException refused) {
            return ErrorAnswer.of(known.status(), DetailBody.of(refused), known.headers());
        }
        String message = known.status() == HttpStatus.INTERNAL_SERVER_ERROR_500
                ? "An unexpected error occurred."
                : known.message();
        return ErrorAnswer.of(known.status(), DetailBody.of(message), Map.copyOf(known.headers()));
    }
}
