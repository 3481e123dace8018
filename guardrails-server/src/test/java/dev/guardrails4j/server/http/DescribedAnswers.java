package dev.guardrails4j.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.guardrails4j.server.description.ApiDescription;
import java.net.http.HttpHeaders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Holds answers of the server against its description: an answer that it does not foresee, in status, type, header, or a
 * field too many or too few, is a failure of whichever test got it. Safe for use by many threads.
 */
final class DescribedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode DESCRIPTION = ApiDescription.of("", "test", operation -> true);
    private static final JsonNode STRICT = strict(DESCRIPTION.deepCopy());
    private static final Set<String> OPERATIONS = operations(DESCRIPTION);
    private static final Map<JsonNode, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
    private static final Set<Integer> OF_ROUTING = Set.of(307, 404, 405);
    private static final List<String> ALWAYS =
            List.of("x-request-id", "x-trace-id", "retry-after", "x-guardrails-", "x-ratelimit-", "www-authenticate");

    private DescribedAnswers() {}

    /**
     * Checks an answer.
     *
     * @param served what the server serves: {@code "GET /v1/threads/{id}"}
     * @param path without the server's prefix and without a query
     * @throws AssertionError if it is not as described
     */
    static void check(Set<String> served, String method, String path, int status, HttpHeaders headers, String body) {
        Optional<JsonNode> operation = operation(served, method, path);
        if (operation.isEmpty()) {
            require(OF_ROUTING.contains(status) || status == 400, "%s %s is answered but not described", method, path);
            return;
        }
        String asked = "%s %s, status %d: ".formatted(method, path, status);
        JsonNode response = response(operation.get(), status);
        require(!response.isMissingNode(), asked + "is not described");
        headers.map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> ALWAYS.stream().anyMatch(name::startsWith))
                .forEach(name -> require(hasHeader(response, name), asked + "the header %s is not described", name));
        String type = headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode media = response.path("content").path(type);
        require(!media.isMissingNode(), asked + "the type '%s' is not described", type);
        if (type.equals("text/event-stream")) {
            body.lines()
                    .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                    .forEach(line -> validate(media.path("schema"), line.substring("data: ".length()), asked));
        } else if (type.equals("application/x-ndjson")) {
            body.lines().forEach(line -> validate(media.path("schema"), line, asked));
        } else if (type.equals("text/plain") || type.equals("application/openmetrics-text")) {
            validate(media.path("schema"), TextNode.valueOf(body).toString(), asked);
        } else {
            validate(media.path("schema"), body, asked);
        }
    }

    /** Checks the body of a request. */
    static void checkRequest(String method, String path, JsonNode body) {
        JsonNode content = operation(OPERATIONS, method, path).orElseThrow().at("/requestBody/content");
        validate(content.path("application/json").path("schema"), body.toString(), method + " " + path + ": ");
    }

    private static Optional<JsonNode> operation(Set<String> served, String method, String path) {
        return OPERATIONS.stream()
                .filter(operation -> served.contains(operation) && matches(operation, method + " " + path))
                .map(operation -> operation.split(" "))
                .map(words -> STRICT.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Every operation that is described: {@code "GET /v1/threads/{id}"}. */
    static Set<String> operations(JsonNode description) {
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(member -> member.getValue().has("responses"))
                        .map(member -> member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean matches(String template, String path) {
        // A last parameter may hold slashes.
        String pattern = template.replaceAll("\\{[^}]+}$", ".+").replaceAll("\\{[^}]+}", "[^/]+");
        return path.matches(pattern);
    }

    private static JsonNode response(JsonNode operation, int status) {
        JsonNode responses = operation.path("responses");
        JsonNode exact = responses.path(String.valueOf(status));
        JsonNode found = exact.isMissingNode() ? responses.path(status / 100 + "XX") : exact;
        String reference = found.path("$ref").asText("");
        return reference.isEmpty() ? found : STRICT.at(reference.substring(1));
    }

    private static boolean hasHeader(JsonNode response, String name) {
        return response.path("headers").properties().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase(name));
    }

    private static void validate(JsonNode schema, String text, String asked) {
        JsonNode value;
        try {
            value = text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(asked + "the body is not JSON: " + text, e);
        }
        Set<ValidationMessage> problems =
                SCHEMAS.computeIfAbsent(schema, DescribedAnswers::compiled).validate(value);
        require(
                problems.isEmpty(),
                asked + "the body is not as described:%n  %s%n%s",
                problems.stream().map(ValidationMessage::toString).collect(Collectors.joining("\n  ")),
                text);
    }

    private static JsonSchema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", STRICT.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }

    /** Clients are to expect fields that are not described; tests are not. */
    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(DescribedAnswers::strict);
        return node;
    }

    private static void require(boolean isTrue, String problem, Object... details) {
        if (!isTrue) {
            throw new AssertionError("openapi.json: " + problem.formatted(details));
        }
    }
}
