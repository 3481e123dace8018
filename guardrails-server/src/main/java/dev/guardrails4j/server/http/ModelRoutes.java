package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.server.openai.ModelList;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /v1/models}, contract "chat server" 1.6. Safe for use by many threads. */
final class ModelRoutes {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer\\s+)?(\\S.*)");

    private final ModelListing listing;
    private final Admission admission;

    ModelRoutes(ModelListing listing, Admission admission) {
        this.listing = listing;
        this.admission = admission;
    }

    void list(Context context) {
        admission.enter();
        try {
            ModelList models = ModelList.of(listing.models(key(context)));
            context.contentType(ContentType.JSON).result(Json.write(models));
        } finally {
            admission.leave();
        }
    }

    private static Optional<String> key(Context context) {
        return Optional.ofNullable(context.header("Authorization"))
                .map(String::strip)
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(header -> header.group(1));
    }
}
