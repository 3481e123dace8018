package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("checks-contract 8: configurations over HTTP")
class ConfigRoutesTest {

    private static final String HOME = "/apis/guardrails/v2/workspaces/default/configs";
    private static final String TEAM = "/apis/guardrails/v2/workspaces/team/configs";
    private static final String V1 = "/v1/guardrail/configs";
    private static final String REGEX = """
            {"rails": {"input": {"flows": ["regex check input"]},
              "config": {"regex_detection": {"input": {"patterns": ["swordfish"]}}}}}""";

    @TempDir
    private Path folder;

    private ConfigStore store;
    private RunningServer server;

    @BeforeEach
    void start() {
        new ConfigRoot(folder).config("words", """
                models: [{type: main, engine: openai, model: m, parameters: {api_key: sk-secret, base_url: 'http://ann:pass@127.0.0.1:1/v1'}}]
                rails: {config: {regex_detection: {input: {patterns: [a]}}}}
                """);
        open(new ConfigLimits(20, 1 << 20));
    }

    private void open(ConfigLimits limits) {
        store = ConfigStores.memory(limits);
        server = RunningServer.start(
                folder, RunningServer.settings("", Optional.of("words")), Map.of("LLM_KEY", "secret-of-llm"), store);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private HttpResponse<String> post(String path, String body) {
        return server.send("POST", path, body, "Content-Type", "application/json");
    }

    private HttpResponse<String> patch(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return server.send("PATCH", path, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> delete(String path, String... headers) {
        return server.send("DELETE", path, "", headers);
    }

    private JsonNode created(String path, String body) {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    private static String named(String name, String data) {
        return "{\"name\": \"" + name + "\", \"description\": \"d\", \"data\": " + data + "}";
    }

    private static void assertRefused(HttpResponse<String> response, int status, String detail) {
        assertThat(json(response).path("detail").asText()).isEqualTo(detail);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void createsAConfigurationAndTellsAllOfIt() {
        JsonNode config = created(HOME, named("one", REGEX));

        assertThat(config.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "workspace",
                        "project",
                        "description",
                        "data",
                        "id",
                        "created_at",
                        "created_by",
                        "updated_at",
                        "updated_by",
                        "entity_id",
                        "parent");
        assertThat(config.path("name").asText()).isEqualTo("one");
        assertThat(config.path("workspace").asText()).isEqualTo("default");
        assertThat(config.path("id").asText()).matches("guardrail-config-[1-9A-HJ-NP-Za-km-z]{22}");
        assertThat(config.path("entity_id")).isEqualTo(config.path("id"));
        assertThat(config.path("created_at").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(config.path("project").isNull()).isTrue();
        assertThat(config.path("parent").isNull()).isTrue();
    }

    @Test
    void fillsInWhatTheDataLeaveOut() {
        JsonNode data = created(HOME, named("one", """
                {"models": [{"type": "main", "engine": "demo", "model": "m"}],
                 "prompts": [{"task": "self_check_input", "content": "Block {{ user_input }}?"}],
                 "rails": {"input": {"flows": ["self check input"]}}}""")).path("data");

        assertThat(data.path("prompting_mode").asText()).isEqualTo("standard");
        assertThat(data.path("lowest_temperature").asDouble()).isEqualTo(0.001);
        assertThat(data.path("colang_version").asText()).isEqualTo("1.0");
        assertThat(data.path("enable_rails_exceptions").asBoolean(true)).isFalse();
        assertThat(data.at("/prompts/0/max_length").asInt()).isEqualTo(16_000);
        assertThat(data.at("/prompts/0/mode").asText()).isEqualTo("standard");
        assertThat(data.at("/rails/input")).isEqualTo(json("""
                {"parallel": false, "flows": ["self check input"]}"""));
        assertThat(data.path("tracing")).isEqualTo(json("""
                {"enabled": false, "adapters": [{"name": "FileSystem"}], "span_format": "opentelemetry",
                 "enable_content_capture": false}"""));
    }

    @Test
    void showsNoNullsToReadersAndKeepsDataNullWhereNoneAreGiven() {
        JsonNode written = created(HOME, "{\"name\": \"one\", \"namespace\": \"x\", \"unknown\": 1}");

        HttpResponse<String> read = server.get(HOME + "/one");

        assertThat(written.path("data").isNull()).isTrue();
        assertThat(json(read).fieldNames())
                .toIterable()
                .containsExactly("name", "workspace", "id", "created_at", "updated_at", "entity_id");
        assertThat(json(read).path("id")).isEqualTo(written.path("id"));
    }

    @Test
    void takesBackWhatItHasShown() {
        created(HOME, named("one", """
                {"models": [{"type": "main", "engine": "demo", "model": "m"}],
                 "prompts": [{"task": "self_check_input", "content": "Block {{ user_input }}?"}],
                 "rails": {"input": {"flows": ["self check input", "regex check input"]},
                   "config": {"regex_detection": {"input": {"patterns": ["swordfish"]}}}}}"""));
        JsonNode read = json(server.get(HOME + "/one"));

        HttpResponse<String> patched = patch(
                HOME + "/one",
                json("{}").<ObjectNode>deepCopy().set("data", read.path("data")).toString());

        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(json(server.get(HOME + "/one")).path("data")).isEqualTo(read.path("data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A1", "1a", "a--b", "a-", "a b", "a/b", "", "a%"})
    void refusesABadName(String name) {
        HttpResponse<String> response = post(HOME, "{\"name\": \"" + name + "\"}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).path("detail").asText())
                .startsWith("Validation error at body.name: String should be 2 to 63 lower-case letters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                               | Validation error at body.name: Field required
            {"name": 1}                                      | Validation error at body.name: Input should be a valid string
            {"name": "one", "data": []}                      | Validation error at body.data: Input should be a valid dictionary
            {"name": "one", "data": "x"}                     | Validation error at body.data: Input should be a valid dictionary
            {"name": "one", "description": 1}                | Validation error at body.description: Input should be a valid string
            {"name": "one", "data": {"rails": {"foo": 1}}}   | Validation error at data.rails.foo: Extra inputs are not permitted
            {"name": "one", "data": {"instrctions": []}}     | Validation error at data.instrctions: Extra inputs are not permitted
            {"name": "one", "data": {"rails": {"input": {"flows": ["regex check inptu"]}}}} | Validation error at data: unknown flow 'regex check inptu' in rails.input.flows; did you mean 'regex check input'?
            {"name": "one", "data": {"models": [{"type": "main", "model": "m"}]}} | Validation error at data.models.0.engine: Field required
            {"name": "one", "data": {"rails": {"input": {"flows": ["self check input"]}}}} | Validation error at data: Missing a `self_check_input` prompt template, which is required for the `self check input` rail.
            """)
    void saysWhatIsWrong(String body, String detail) {
        assertRefused(post(HOME, body), 422, detail);
        assertThat(store.entries()).isEmpty();
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThat(json(post(HOME, "{\"name\": ")).path("detail").asText()).startsWith("Validation error at body.");
        assertRefused(post(HOME, ""), 422, "Validation error at body: Field required");
    }

    @Test
    void refusesASecondOneOfAName() {
        created(HOME, named("one", "{}"));

        assertRefused(post(HOME, named("one", REGEX)), 409, "Config 'one' already exists.");
        created(TEAM, named("one", REGEX));
        assertRefused(post(V1, named("one", REGEX)), 409, "config 'one' already exists.");
    }

    @Test
    void knowsTheWorkspacesThatTheOperatorHasMade() {
        String unknown = HOME.replace("default", "x");

        assertRefused(
                post(unknown, named("one", "{}")),
                422,
                "Workspace 'x' does not exist. Please create the workspace first.");
        HttpResponse<String> listed = server.get(unknown);
        assertThat(listed.statusCode()).isEqualTo(404);
        assertThat(json(listed)).isEqualTo(json("""
                {"detail": "Workspace 'x' not found", "path": "%s", "method": "GET"}""".formatted(unknown)));
        assertThat(json(server.get(TEAM)).at("/pagination/total_results").asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE"})
    void saysThatThereIsNoSuchConfiguration(String method) {
        HttpResponse<String> response = server.send(method, HOME + "/none", "{}", "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response)).isEqualTo(json("""
                {"detail": "Guardrail config not found.", "path": "%s/none", "method": "%s"}""".formatted(HOME, method)));
    }

    @Test
    void changesOnlyWhatIsGivenAndTheDataAsAWhole() {
        JsonNode before = created(HOME, named("one", REGEX));

        JsonNode described = json(patch(HOME + "/one", "{\"description\": \"new\"}"));
        assertThat(described.path("description").asText()).isEqualTo("new");
        assertThat(described.path("data")).isEqualTo(before.path("data"));
        assertThat(described.path("id")).isEqualTo(before.path("id"));
        assertThat(described.path("created_at")).isEqualTo(before.path("created_at"));
        assertThat(described.path("updated_at").asText())
                .isGreaterThan(before.path("updated_at").asText());

        JsonNode replaced = json(patch(HOME + "/one", "{\"data\": {\"passthrough\": true}, \"description\": null}"));
        assertThat(replaced.path("description").isNull()).isTrue();
        assertThat(replaced.at("/data/passthrough").asBoolean()).isTrue();
        assertThat(replaced.at("/data/rails/input/flows")).isEmpty();
        assertThat(replaced.at("/data/rails/config")).isEmpty();
    }

    @Test
    void leavesAConfigurationAsItWasWhenAChangeIsWrong() {
        created(HOME, named("one", REGEX));
        JsonNode before = json(server.get(HOME + "/one"));

        assertRefused(
                patch(HOME + "/one", "{\"description\": \"new\", \"data\": {\"rails\": {\"foo\": 1}}}"),
                422,
                "Validation error at data.rails.foo: Extra inputs are not permitted");
        assertThat(json(server.get(HOME + "/one"))).isEqualTo(before);
    }

    @Test
    void deletesAConfigurationAndLetsItsNameBeUsedAgain() {
        JsonNode config = created(HOME, named("one", REGEX));

        HttpResponse<String> deleted = delete(HOME + "/one");

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(json(deleted)).isEqualTo(json("""
                {"message": "Resource deleted successfully.", "id": "%s", "deleted_at": null}""".formatted(config.path("id").asText())));
        assertThat(server.get(HOME + "/one").statusCode()).isEqualTo(404);
        assertThat(created(HOME, named("one", REGEX)).path("id")).isNotEqualTo(config.path("id"));
    }

    @Test
    void refusesAChangeOfAnotherStateThanTheOneThatWasRead() {
        post(HOME, named("one", REGEX));
        String read = server.get(HOME + "/one").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> first = patch(HOME + "/one", "{\"description\": \"first\"}", "If-Match", read);
        assertThat(first.statusCode()).isEqualTo(200);

        HttpResponse<String> second = patch(HOME + "/one", "{\"description\": \"second\"}", "If-Match", read);

        assertRefused(second, 409, "Concurrent modification - please retry.");
        assertThat(second.headers().firstValue("x-should-retry")).contains("false");
        assertRefused(delete(HOME + "/one", "If-Match", read), 409, "Concurrent modification - please retry.");
        assertThat(json(server.get(HOME + "/one")).path("description").asText()).isEqualTo("first");
        String now = first.headers().firstValue("ETag").orElseThrow();
        assertThat(delete(HOME + "/one", "If-Match", "\"other\", " + now).statusCode())
                .isEqualTo(200);
    }

    @Test
    void losesNoChangeOfManyWriters() throws Exception {
        post(HOME, named("one", "{}"));
        int writers = 8;
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Integer>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String who = "writer-" + writer;
                done.add(threads.submit(() -> {
                    start.await();
                    return addLines(who, 5);
                }));
            }
            int refused = 0;
            for (Future<Integer> writer : done) {
                refused += writer.get();
            }

            String[] lines =
                    json(server.get(HOME + "/one")).path("description").asText().split("\n");
            assertThat(lines)
                    .as("refused: %d", refused)
                    .hasSize(1 + writers * 5)
                    .doesNotHaveDuplicates();
            for (int writer = 0; writer < writers; writer++) {
                String who = "writer-" + writer;
                assertThat(lines)
                        .filteredOn(line -> line.startsWith(who))
                        .containsExactly(who + "/0", who + "/1", who + "/2", who + "/3", who + "/4");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Adds lines to a description, each on top of what was read; tells how often somebody else was faster. */
    private int addLines(String who, int lines) {
        int refused = 0;
        for (int line = 0; line < lines; ) {
            HttpResponse<String> read = server.get(HOME + "/one");
            String text = json(read).path("description").asText() + "\n" + who + "/" + line;
            HttpResponse<String> written = patch(
                    HOME + "/one",
                    json("{}").<ObjectNode>deepCopy().put("description", text).toString(),
                    "If-Match",
                    read.headers().firstValue("ETag").orElseThrow());
            if (written.statusCode() == 200) {
                line++;
            } else {
                assertRefused(written, 409, "Concurrent modification - please retry.");
                refused++;
            }
        }
        return refused;
    }

    @Test
    void hasTheConfigurationsOfEveryServer() {
        JsonNode list = json(server.get("/apis/guardrails/v2/workspaces/system/configs?sort=name"));

        assertThat(list.findValuesAsText("name")).contains("content-safety", "default", "self-check");
        assertThat(list.at("/pagination/total_results").asInt()).isEqualTo(3);
        JsonNode safety = json(server.get("/apis/guardrails/v2/workspaces/system/configs/content-safety"));
        assertThat(safety.at("/data/models/0/type").asText()).isEqualTo("content_safety");
        assertThat(safety.at("/data/passthrough").asBoolean()).isTrue();
        assertThat(safety.path("id"))
                .isEqualTo(json(server.get("/v2/workspaces/system/configs/content-safety"))
                        .path("id"));
        String system = "/apis/guardrails/v2/workspaces/system/configs";
        assertRefused(post(system, named("mine", "{}")), 403, "Workspace 'system' is read-only.");
        assertRefused(patch(system + "/default", "{}"), 403, "Guardrail config 'system/default' is read-only.");
        assertRefused(delete(system + "/default"), 403, "Guardrail config 'system/default' is read-only.");
    }

    @Test
    void showsFoldersOfTheOperatorWithoutTheirSecretsAndLetsNobodyChangeThem() {
        JsonNode folder = json(server.get(HOME + "/words"));

        assertThat(folder.path("description").asText()).isEqualTo("words guardrail config");
        assertThat(folder.at("/data/rails/config/regex_detection/input/patterns/0")
                        .asText())
                .isEqualTo("a");
        assertThat(folder.at("/data/models/0/parameters/api_key").asText()).isEqualTo("**********");
        assertThat(folder.at("/data/models/0/parameters/base_url").asText())
                .isEqualTo("http://**********@127.0.0.1:1/v1");
        assertThat(folder.toString()).doesNotContain("sk-secret").doesNotContain("pass@");
        assertRefused(post(HOME, named("words", "{}")), 409, "Config 'words' already exists.");
        assertRefused(patch(HOME + "/words", "{}"), 403, "Guardrail config 'default/words' is read-only.");
        assertRefused(delete(HOME + "/words"), 403, "Guardrail config 'default/words' is read-only.");
    }

    @Test
    void showsWhatThereIsOfFoldersThatCannotBeUsed() {
        server.close();
        new ConfigRoot(folder)
                .config("torn", "rails: [")
                .config("odd", "rails: {foo: .nan, 1: 2026-05-01, bar: !!binary aGk=}\ninstructions:\n")
                .config("blank", "");
        open(ConfigLimits.DEFAULT);

        HttpResponse<String> list = server.get(HOME + "?sort=name");

        assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
        assertThat(json(list).path("data"))
                .extracting(config -> config.path("name").asText())
                .containsExactly("blank", "odd", "torn", "words");
        assertThat(server.get(HOME + "/torn").statusCode()).isEqualTo(200);
    }

    @Test
    void speaksAsTheMicroserviceBeforeDid() {
        JsonNode written = created(V1, """
                {"name": "one", "namespace": "team", "data": {}, "project": "p", "custom_fields": {"a": 1}}""");

        assertThat(written.fieldNames())
                .toIterable()
                .containsExactly(
                        "created_at",
                        "updated_at",
                        "name",
                        "namespace",
                        "description",
                        "data",
                        "schema_version",
                        "project",
                        "custom_fields",
                        "ownership");
        assertThat(written.path("created_at").asText()).matches(".*\\.\\d{6}");
        assertThat(written.path("ownership").isNull()).isTrue();
        JsonNode read = json(server.get(V1 + "/team/one"));
        assertThat(read.has("ownership")).isFalse();
        assertThat(read.path("custom_fields")).isEqualTo(json("{\"a\": 1}"));
        assertThat(json(server.get(TEAM + "/one")).path("project").asText()).isEqualTo("p");
        JsonNode list = json(server.get(V1));
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("sort").asText()).isEqualTo("-created_at");
        assertThat(list.path("data").findValuesAsText("namespace")).containsExactly("team", "default");
        assertThat(json(patch(V1 + "/team/one", "{\"custom_fields\": {}}")).path("custom_fields"))
                .isEmpty();
        assertThat(json(delete(V1 + "/team/one")).path("id").asText()).matches("guardrail-[1-9A-Za-z]{22}");
    }

    @Test
    void fetchesNoFiles() {
        assertRefused(
                post(V1, "{\"name\": \"one\", \"files_url\": \"http://127.0.0.1:1/\"}"),
                422,
                "Validation error at body.files_url: Files are not fetched; give the configuration as data");
    }

    @Test
    void holdsNoMoreThanItMay() {
        server.close();
        open(new ConfigLimits(1, 1 << 20));
        created(HOME, named("one", "{}"));

        HttpResponse<String> second = post(HOME, named("two", "{}"));

        assertThat(second.statusCode()).isEqualTo(507);
        assertThat(json(second).path("detail").asText()).startsWith("The config store holds 1 configurations at most");
    }

    @Test
    void refusesALongDescription() {
        assertRefused(
                post(HOME, "{\"name\": \"one\", \"description\": \"" + "x".repeat(4_097) + "\"}"),
                422,
                "Validation error at body.description: String should have at most 4096 characters");
    }

    @Test
    void saysWhichMethodsThereAre() {
        HttpResponse<String> response = server.send("PUT", HOME + "/one", "{}");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET, PATCH");
    }

    @Test
    void storesNothingWhereNothingIsToBeStored() {
        server.close();
        server = RunningServer.start(folder, RunningServer.settings("", Optional.of("words")));

        assertThat(json(server.get(HOME)).at("/pagination/total_results").asInt())
                .isEqualTo(1);
        HttpResponse<String> refused = post(HOME, named("one", "{}"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("detail").asText()).startsWith("This server stores no configurations");
    }
}
