package dev.guardrails4j.server.http;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.openai.ModelList;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the models that the main model's endpoint offers, contract "chat server" 1.6. Safe for use by many threads. */
final class ModelRoutes {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer\\s+)?(\\S.*)");

    private final ModelListing listing;
    private final Admission admission;

    ModelRoutes(ModelListing listing, Admission admission) {
        this.listing = listing;
        this.admission = admission;
    }

    /** {@code GET /v1/models}. */
    void list(Context context) {
        Place place = admission.request(context);
        try {
            ModelList models = ModelList.of(listing.models(key(context)));
            context.contentType(ContentType.JSON).result(Json.write(models));
        } finally {
            place.leave();
        }
    }

    /** {@code GET /v1/guardrail/models}, contract "checks" 2.2: a list that is empty if nobody has said where models are. */
    void listForMicroservice(Context context) {
        TraceId.assign(context);
        Optional<String> key = CallersModelAccess.key(context).or(() -> key(context));
        Place place = admission.request(context);
        try {
            ModelList models = ModelList.of(listing.isKnown() ? listing.models(key) : List.of());
            context.contentType(ContentType.JSON).result(Json.write(models));
        } catch (ModelException failure) {
            DetailAnswers.modelsUnavailable(failure).send(context);
        } finally {
            place.leave();
        }
    }

    /** Where this server has keys of its own, {@code Authorization} holds one of them, which is not for models. */
    private static Optional<String> key(Context context) {
        if (AccessGate.caller(context).key().isPresent()) {
            return CallersModelAccess.key(context);
        }
        return Optional.ofNullable(context.header("Authorization"))
                .map(String::strip)
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(header -> header.group(1));
    }
}
