package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.guardrails4j.server.description.ApiDescription;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That answers are as described is held by {@link RunningServer}, for the answers of all tests. */
@DisplayName("DESIGN 5: GET /openapi.json describes exactly what is served")
class DescriptionTest {

    private static final JsonNode DESCRIPTION = ApiDescription.of("", "test", operation -> true);

    private static final Set<String> OPERATIONS = DescribedAnswers.operations(DESCRIPTION);

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "/guard, true", "'', false"})
    void describesEveryRouteAndNothingElse(String prefix, boolean servesEverything) {
        try (RunningServer server = start(prefix, servesEverything)) {
            JsonNode description = json(server.get(prefix + "/openapi.json"));

            assertThat(DescribedAnswers.operations(description)).containsExactlyInAnyOrderElementsOf(server.routes());
            assertThat(description.at("/servers/0/url").asText()).isEqualTo(prefix.isEmpty() ? "/" : prefix);
        }
    }

    @Test
    void holdsNothingThatNoServerServes() {
        try (RunningServer server = start("", true)) {
            assertThat(OPERATIONS).containsExactlyInAnyOrderElementsOf(server.routes());
        }
    }

    @Test
    void isWhatTheSpecificationAllows() throws Exception {
        try (InputStream schema = DescriptionTest.class.getResourceAsStream("/openapi/schema-3.1.json")) {
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(DESCRIPTION))
                    .isEmpty();
        }
    }

    /** A comma in a description that is not quoted makes a key of what follows it. */
    @Test
    void holdsNoKeyWithoutAValue() {
        JsonNode withoutExamples = DESCRIPTION.deepCopy();
        withoutExamples.findParents("examples").forEach(parent -> ((ObjectNode) parent).remove("examples"));

        assertThat(keysWithoutValue(withoutExamples)).isEmpty();
    }

    private static Stream<String> keysWithoutValue(JsonNode node) {
        Stream<String> own = node.properties().stream()
                .filter(member -> member.getValue().isNull())
                .map(Map.Entry::getKey);
        return Stream.concat(own, node.valueStream().flatMap(DescriptionTest::keysWithoutValue));
    }

    @Test
    void refersToNothingThatIsNotThere() {
        assertThat(DESCRIPTION.findValues("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                DESCRIPTION.at(reference.asText().substring(1)).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    @Test
    void givesEveryOperationANameOfItsOwn() {
        List<String> names = DESCRIPTION.findValues("operationId").stream()
                .map(JsonNode::asText)
                .toList();

        assertThat(names).doesNotHaveDuplicates().hasSameSizeAs(OPERATIONS);
    }

    static Stream<String> examples() {
        return OPERATIONS.stream()
                .flatMap(
                        operation -> DESCRIPTION
                                .at(pointer(operation) + "/requestBody/content/application~1json/examples")
                                .properties()
                                .stream()
                                .map(example -> operation + " " + example.getKey()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsRequestsThatAreServed(String example) {
        String[] words = example.split(" ");
        JsonNode value = DESCRIPTION.at(pointer(words[0] + " " + words[1])
                + "/requestBody/content/application~1json/examples/" + words[2] + "/value");

        DescribedAnswers.checkRequest(words[0], words[1], value);
        try (RunningServer server = start("", true)) {
            assertThat(server.send(words[0], words[1], value.toString(), "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /healthz             | 200 | application/health+json | {\"status\": \"pass\", \"more\": 1}",
                "GET  | /healthz             | 200 | application/health+json | {}",
                "GET  | /healthz             | 200 | application/json        | {\"status\": \"pass\"}",
                "GET  | /healthz             | 201 | application/health+json | {\"status\": \"pass\"}",
                "GET  | /nothing             | 200 | application/json        | {}",
                "POST | /v1/chat/completions | 200 | text/event-stream       | data: {\"id\": \"x\"}",
                "GET  | /v1/threads/a/b      | 404 | application/json        | {\"error\": {\"message\": \"x\"}}",
            })
    void isSeenToBeWrongWhereItIs(String method, String path, int status, String type, String body) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true);

        assertThatThrownBy(() -> DescribedAnswers.check(OPERATIONS, method, path, status, headers, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("openapi.json: ");
    }

    @Test
    void isSeenToBeWrongWhereAHeaderIsNotDescribed() {
        HttpHeaders headers = HttpHeaders.of(
                Map.of("Content-Type", List.of("application/health+json"), "Retry-After", List.of("1")),
                (name, value) -> true);

        assertThatThrownBy(() ->
                        DescribedAnswers.check(OPERATIONS, "GET", "/healthz", 200, headers, "{\"status\": \"pass\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("retry-after is not described");
    }

    private RunningServer start(String prefix, boolean servesEverything) {
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        return servesEverything
                ? RunningServer.startWithEverything(root, prefix)
                : RunningServer.start(root.folder(), RunningServer.settings(prefix, Optional.of("pass")));
    }

    private static String pointer(String operation) {
        String[] words = operation.split(" ");
        return "/paths/" + words[1].replace("/", "~1") + "/" + words[0].toLowerCase(Locale.ROOT);
    }
}
