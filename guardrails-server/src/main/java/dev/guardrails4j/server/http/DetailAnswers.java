package dev.guardrails4j.server.http;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.server.checks.DetailBody;
import dev.guardrails4j.server.checks.ModelFailure;
import dev.guardrails4j.server.wire.RequestException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exceptions as answers of the guardrail microservice, contract "checks" 6: where it does not say otherwise, the same
 * statuses as in {@link ErrorAnswers}.
 */
final class DetailAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DetailAnswers.class);

    private DetailAnswers() {}

    static ErrorAnswer of(Exception exception) {
        if (exception instanceof RailUnavailableException outage) {
            return railUnavailable(outage, false);
        }
        ErrorAnswer known = ErrorAnswers.of(exception);
        if (exception instanceof RequestException refused) {
            return ErrorAnswer.of(known.status(), DetailBody.of(refused), known.headers());
        }
        String message = known.status() == HttpStatus.INTERNAL_SERVER_ERROR_500
                ? "An unexpected error occurred."
                : known.message();
        return ErrorAnswer.of(known.status(), DetailBody.of(message), known.headers());
    }

    /**
     * What the caller is told when the model of a rail failed: the upstream's own status, contract "checks" 6.3.
     *
     * @param hasImages whether the model was shown pictures, which it may not have been able to load
     */
    static ErrorAnswer railUnavailable(RailUnavailableException outage, boolean hasImages) {
        ModelFailure failure = ModelFailure.of(outage, hasImages);
        LOG.warn("The rail '{}' is unavailable: {}", outage.flow(), failure.detail());
        return modelFailed(failure);
    }

    /** What the caller is told when a model failed: the upstream's own status, contract "checks" 6.3. */
    static ErrorAnswer modelFailed(ModelFailure failure) {
        return ErrorAnswer.of(
                failure.status(), DetailBody.of(failure.detail()), ErrorAnswers.retryAfter(failure.outage()));
    }

    /** What the caller is told when the models could not be listed, contract "checks" 2.2. */
    static ErrorAnswer modelsUnavailable(ModelException failure) {
        LOG.warn("The models could not be listed: {}", ErrorAnswers.withoutWords(failure));
        int status = failure.status().orElse(HttpStatus.INTERNAL_SERVER_ERROR_500);
        String advice = " Provide a valid authentication token in the X-Model-Authorization header.";
        return switch (status) {
            case HttpStatus.UNAUTHORIZED_401 ->
                models(status, " due to authentication error. Status code: " + status + "." + advice);
            case HttpStatus.FORBIDDEN_403 ->
                models(status, " due to authorization error. Status code: " + status + "." + advice);
            case HttpStatus.GATEWAY_TIMEOUT_504 -> models(status, " due to timeout.");
            case HttpStatus.BAD_GATEWAY_502 ->
                ErrorAnswer.of(
                        HttpStatus.INTERNAL_SERVER_ERROR_500,
                        DetailBody.of("Unexpected server error occurred."),
                        Map.of());
            default -> models(HttpStatus.INTERNAL_SERVER_ERROR_500, ". NIM responded with status code: " + status);
        };
    }

    private static ErrorAnswer models(int status, String why) {
        return ErrorAnswer.of(status, DetailBody.of("Failed to get models from NIM" + why), Map.of());
    }
}
