package dev.guardrails4j.server.checks;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.RailUnavailableException;

/**
 * A model that failed, in the words of contract "checks" 6.3. Where it is stays the operator's to know.
 *
 * @param status the HTTP status: the upstream's, if it gave one
 * @param detail what the caller reads
 * @param outage what the upstream said, or that it did not
 */
public record ModelFailure(int status, String detail, ModelException outage) {

    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;
    private static final String UNREACHED = "the model could not be reached";

    /**
     * Tells of an outage.
     *
     * @param hasImages whether the model was shown pictures, which it may not have been able to load
     */
    public static ModelFailure of(RailUnavailableException outage, boolean hasImages) {
        ModelException cause = outage.outage();
        return outage.call()
                .map(call -> of(cause, call.model(), call.engine(), hasImages))
                .orElseGet(() -> new ModelFailure(
                        cause.status().orElse(UNAVAILABLE), String.valueOf(outage.getMessage()), cause));
    }

    /** Tells of the failure of a model whose name and engine are known. */
    public static ModelFailure of(ModelException cause, String model, String engine, boolean hasImages) {
        String advice = hasImages ? " The request has images: please check that their URLs can be reached." : "";
        return new ModelFailure(
                statusOf(cause),
                "Error invoking LLM (model=%s, provider=%s, endpoint=[redacted-url]): %s%s"
                        .formatted(model, engine, text(cause), advice),
                cause);
    }

    /** The status for a caller: the upstream's, if it gave one; 503 if it was not asked, and it is known until when. */
    public static int statusOf(ModelException cause) {
        return cause.status().orElse(cause.retryAfter().isPresent() ? UNAVAILABLE : INTERNAL);
    }

    private static String text(ModelException cause) {
        String said = String.valueOf(cause.getMessage());
        return switch (cause.status().orElse(0)) {
            case 401 -> "Authentication failed. Please check your API key or provider credentials.";
            case 404 -> "Model not found. Please check if the model exists at this endpoint.";
            default ->
                said.startsWith(UNREACHED)
                        ? "Failed to connect to the model endpoint. Please check the URL and network connectivity."
                        : said;
        };
    }
}
