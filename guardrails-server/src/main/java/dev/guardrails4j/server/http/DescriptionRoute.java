package dev.guardrails4j.server.http;

import dev.guardrails4j.server.description.ApiDescription;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;

/** {@code GET /openapi.json}, DESIGN 5. Safe for use by many threads. */
final class DescriptionRoute {

    private final String prefix;
    private final Routes routes;
    private byte[] made = {};

    /**
     * @param prefix what every path of the server begins with
     * @param routes what is described, all of it when the first request comes
     */
    DescriptionRoute(String prefix, Routes routes) {
        this.prefix = prefix;
        this.routes = routes;
    }

    void show(Context context) {
        context.contentType(ContentType.JSON).result(description());
    }

    /** Made when it is first asked for: few ask, and a start must be quick. */
    private synchronized byte[] description() {
        if (made.length == 0) {
            made = Json.write(ApiDescription.of(prefix, ServerVersion.whole(), routes.all()::contains));
        }
        return made;
    }
}
