package dev.guardrails4j.server.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The description of the server's API, OpenAPI 3.1. It is written by area, in the YAML files beside this class; this puts
 * them together.
 */
public final class ApiDescription {

    /** The files, in the order in which their tags are shown. */
    private static final List<String> AREAS =
            List.of("api", "chat", "checks", "configs", "completions", "threads", "plugins", "server");

    private static final String EVERY_OPERATION = "x-every-operation";
    private static final String WITH_KEY = "x-with-key";
    private static final String RESPONSES = "responses";
    private static final String HEADERS = "headers";
    private static final String DESCRIPTION = "description";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiDescription() {}

    /**
     * What a server serves.
     *
     * @param prefix what every path of the server begins with; empty for nothing
     * @param version the server's
     * @param served whether it serves an operation: {@code "GET /v1/threads/{id}"}
     */
    public static ObjectNode of(String prefix, String version, Predicate<String> served) {
        ObjectNode whole = JSON.createObjectNode();
        AREAS.forEach(area -> add(read(area), whole, area));
        JsonNode everywhere = whole.remove(EVERY_OPERATION);
        JsonNode withKey = whole.remove(WITH_KEY);
        ObjectNode paths = whole.withObject("paths");
        paths.properties()
                .forEach(path -> operations(path.getValue()).forEach(method -> {
                    if (served.test(method.toUpperCase(Locale.ROOT) + " " + path.getKey())) {
                        ObjectNode operation = (ObjectNode) path.getValue().path(method);
                        if (!(operation.get("security") instanceof ArrayNode schemes && schemes.isEmpty())) {
                            addRefusals(operation, withKey.path(RESPONSES), whole);
                            addHeaders(operation, withKey.path(HEADERS), whole);
                        }
                        operation.withArray("parameters").addAll((ArrayNode) everywhere.path("parameters"));
                        addHeaders(operation, everywhere.path(HEADERS), whole);
                    } else {
                        ((ObjectNode) path.getValue()).remove(method);
                    }
                }));
        paths.properties().removeIf(path -> operations(path.getValue()).isEmpty());
        whole.withObject("info").put("version", version);
        whole.putArray("servers").addObject().put("url", prefix.isEmpty() ? "/" : prefix);
        return whole;
    }

    private static List<String> operations(JsonNode path) {
        return path.properties().stream()
                .map(Map.Entry::getKey)
                .filter(METHODS::contains)
                .toList();
    }

    private static ObjectNode read(String area) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream file = Objects.requireNonNull(ApiDescription.class.getResourceAsStream(area + ".yml"), area)) {
            Object tree = new Yaml(new SafeConstructor(options)).load(file);
            return JSON.valueToTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an area: its objects to those that are there, its lists to their ends. Nothing is said twice. */
    private static void add(JsonNode area, ObjectNode whole, String place) {
        area.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode there = whole.get(name);
            if (there == null) {
                whole.set(name, member.getValue());
            } else if (there instanceof ObjectNode object && member.getValue().isObject()) {
                add(member.getValue(), object, place + " " + name);
            } else if (there instanceof ArrayNode list && member.getValue() instanceof ArrayNode more) {
                list.addAll(more);
            } else {
                throw new IllegalStateException(place + ": " + name + " is described twice");
            }
        });
    }

    /** Adds answers to those who have no key, or not the right one, in the dialect of the operation's other errors. */
    private static void addRefusals(ObjectNode operation, JsonNode refusals, ObjectNode whole) {
        ObjectNode responses = operation.withObject(RESPONSES);
        ObjectNode like = Stream.of("4XX", "422")
                .map(responses::get)
                .filter(ObjectNode.class::isInstance)
                .map(response -> resolved((ObjectNode) response, whole))
                .findFirst()
                .orElseGet(() -> (ObjectNode) whole.at("/components/responses/BadRequest"));
        refusals.properties().stream()
                .filter(refusal -> !responses.has(refusal.getKey()))
                .forEach(refusal -> {
                    ObjectNode response = like.deepCopy();
                    response.put(
                            DESCRIPTION, refusal.getValue().path(DESCRIPTION).asText());
                    response.withObject(HEADERS)
                            .setAll((ObjectNode) refusal.getValue().path(HEADERS));
                    responses.set(refusal.getKey(), response);
                });
    }

    private static void addHeaders(ObjectNode operation, JsonNode added, ObjectNode whole) {
        operation.withObject(RESPONSES).properties().forEach(response -> {
            ObjectNode headers =
                    resolved((ObjectNode) response.getValue(), whole).withObject(HEADERS);
            added.properties().forEach(header -> headers.set(header.getKey(), header.getValue()));
        });
    }

    private static ObjectNode resolved(ObjectNode response, ObjectNode whole) {
        String reference = response.path("$ref").asText("");
        return reference.isEmpty() ? response : (ObjectNode) whole.at(reference.substring(1));
    }
}
