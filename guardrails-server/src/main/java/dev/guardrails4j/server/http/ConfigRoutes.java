package dev.guardrails4j.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.access.Caller;
import dev.guardrails4j.server.configs.ConfigCatalogue;
import dev.guardrails4j.server.configs.ConfigDialect;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.StoredConfig;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/** The config store, contract "checks" 8: lists, reads and writes configurations. Safe for use by many threads. */
final class ConfigRoutes {

    private static final String WORKSPACE = "workspace";
    private static final String NAME = "name";
    private static final String ONE = "/{" + NAME + "}";
    private static final List<String> PLATFORM = List.of(
            "/apis/guardrails/v2/workspaces/{" + WORKSPACE + "}/configs", "/v2/workspaces/{" + WORKSPACE + "}/configs");
    private static final String V1 = "/v1/guardrail/configs";

    private final ConfigCatalogue catalogue;
    private final Consumer<Context> writers;
    private final BodyReader bodies;
    private final Admission admission;

    /** @param writers refuses those who may not write */
    ConfigRoutes(ConfigCatalogue catalogue, Consumer<Context> writers, BodyReader bodies, Admission admission) {
        this.catalogue = catalogue;
        this.writers = writers;
        this.bodies = bodies;
        this.admission = admission;
    }

    void register(Routes routes) {
        for (String configs : PLATFORM) {
            routes.get(configs, context -> {
                Caller caller = AccessGate.caller(context);
                String workspace = context.pathParam(WORKSPACE);
                caller.requireWorkspace(workspace);
                json(
                        context,
                        ConfigDialect.PLATFORM.listed(
                                catalogue.list(workspace, context.queryParamMap(), caller::mayUse)));
            });
            routes.post(configs, context -> create(context, ConfigDialect.PLATFORM));
            registerOne(routes, configs + ONE, ConfigDialect.PLATFORM);
        }
        routes.get(
                V1,
                context -> json(
                        context,
                        ConfigDialect.V1.listed(
                                catalogue.listAll(context.queryParamMap(), AccessGate.caller(context)::mayUse))));
        routes.post(V1, context -> create(context, ConfigDialect.V1));
        registerOne(routes, V1 + "/{" + WORKSPACE + "}" + ONE, ConfigDialect.V1);
    }

    private void registerOne(Routes routes, String path, ConfigDialect dialect) {
        routes.get(path, context -> {
            StoredConfig config = catalogue.find(reference(context)).orElseThrow(ConfigRoutes::notFound);
            tag(context, config.entry());
            json(context, dialect.read(config));
        });
        routes.patch(path, context -> change(context, dialect));
        routes.delete(path, context -> delete(context, dialect));
    }

    private void create(Context context, ConfigDialect dialect) throws IOException {
        writers.accept(context);
        byte[] body = bodies.read(context);
        Optional<String> workspace = Optional.ofNullable(context.pathParamMap().get(WORKSPACE));
        Place place = admission.request(context);
        try {
            StoredConfig created = catalogue.create(workspace, body, AccessGate.caller(context)::require);
            context.status(HttpStatus.CREATED_201);
            tag(context, created.entry());
            json(context, dialect.written(created));
        } finally {
            place.leave();
        }
    }

    private void change(Context context, ConfigDialect dialect) throws IOException {
        writers.accept(context);
        byte[] body = bodies.read(context);
        Place place = admission.request(context);
        try {
            StoredConfig changed = catalogue
                    .change(reference(context), dialect, due(context), body)
                    .orElseThrow(ConfigRoutes::notFound);
            tag(context, changed.entry());
            json(context, dialect.written(changed));
        } finally {
            place.leave();
        }
    }

    private void delete(Context context, ConfigDialect dialect) {
        writers.accept(context);
        ConfigEntry deleted =
                catalogue.delete(reference(context), dialect, due(context)).orElseThrow(ConfigRoutes::notFound);
        json(context, dialect.deleted(deleted));
    }

    /** The configuration of a path, which the caller may use. */
    private static ConfigReference reference(Context context) {
        ConfigReference reference = new ConfigReference(context.pathParam(WORKSPACE), context.pathParam(NAME));
        AccessGate.caller(context).require(reference);
        return reference;
    }

    /** In which state the configuration has to be for a change: If-Match, RFC 9110 13.1.1. */
    private static Predicate<String> due(Context context) {
        String header = context.header("If-Match");
        if (header == null || header.strip().equals("*")) {
            return stamp -> true;
        }
        List<String> tags = Stream.of(header.split(",", -1)).map(String::strip).toList();
        return stamp -> tags.contains(quoted(stamp));
    }

    private static void tag(Context context, ConfigEntry entry) {
        context.header("ETag", quoted(entry.stamp()));
    }

    private static String quoted(String stamp) {
        return "\"" + stamp + "\"";
    }

    private static RequestException notFound() {
        return RequestException.of(HttpStatus.NOT_FOUND_404, "Guardrail config not found.");
    }

    private static void json(Context context, ObjectNode body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }
}
