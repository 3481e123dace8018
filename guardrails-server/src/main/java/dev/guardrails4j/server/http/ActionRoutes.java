package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.PlainValues;
import dev.guardrails4j.server.wire.RequestBody;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/actions}, contract "chat server" 1.10: lists and executes actions. Safe for use by many threads. */
final class ActionRoutes {

    private final Actions actions;
    private final BodyReader bodies;
    private final Admission admission;

    ActionRoutes(Actions actions, BodyReader bodies, Admission admission) {
        this.actions = actions;
        this.bodies = bodies;
        this.admission = admission;
    }

    /** The names of all actions. */
    void list(Context context) {
        json(context, actions.names());
    }

    /** Executes one. An action that fails, and one that is not there, is an answer and no error. */
    void run(Context context) throws IOException {
        Field body = RequestBody.parse(bodies.read(context));
        Field name = body.at("action_name");
        Field parameters = body.at("action_parameters");
        if (parameters.isGiven()) {
            parameters.isObject();
        }
        String action = name.optionalString().orElse("");
        body.violations().throwIfAny();
        Place place = admission.request(context);
        try {
            json(context, Outcome.of(actions.run(action, PlainValues.ofObject(parameters.node()))));
        } finally {
            place.leave();
        }
    }

    private static void json(Context context, Object body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }

    private record Outcome(String status, @Nullable Object result) {

        static Outcome of(Optional<Object> result) {
            return new Outcome(result.isPresent() ? "success" : "failed", result.orElse(null));
        }
    }
}
