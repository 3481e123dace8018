package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("contract \"chat server\" 1.6: GET /v1/models")
class ModelsTest {

    private static final String URL = "MAIN_MODEL_BASE_URL";
    private static final String MICROSERVICE = "/v1/guardrail/models";
    private static final String ENGINE = "MAIN_MODEL_ENGINE";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().respond(received -> Response.models("gpt-x"));
    private final Map<String, String> environment = new HashMap<>();
    private Optional<RunningServer> server = Optional.empty();

    @BeforeEach
    void pointToTheUpstream() {
        environment.put(URL, upstream.baseUrl());
    }

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        upstream.close();
    }

    @Test
    void listsTheModelsOfTheMainModelsEndpoint() {
        upstream.respond(received -> Response.json("""
                {"object": "list", "data": [{"id": "gpt-x", "created": 1700000000, "owned_by": "acme", "more": 1}]}"""));

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"gpt-x\",\"created\":1700000000,\"object\":\"model\",\"owned_by\":\"acme\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"/v1, /v1/models", "/v1/, /v1/models", "'', /v1/models", "/tenant, /tenant/v1/models"})
    void asksBelowTheBaseUrl(String path, String asked) {
        environment.put(URL, upstream.baseUrl().replaceFirst("/v1$", path));

        models();

        assertThat(asked().path()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OPENAI_API_KEY, authorization, Bearer sk-env, /v1/models",
        "vllm, OPENAI_API_KEY, authorization, Bearer sk-env, /v1/models",
        "trt_llm, OPENAI_API_KEY, authorization, Bearer sk-env, /v1/models",
        "nim, NVIDIA_API_KEY, authorization, Bearer sk-env, /v1/models",
        "NIM, OPENAI_API_KEY, authorization, Bearer sk-env, /v1/models",
        "acme, OPENAI_API_KEY, authorization, Bearer sk-env, /v1/models",
        "anthropic, ANTHROPIC_API_KEY, x-api-key, sk-env, /v1/models",
        "azure, AZURE_OPENAI_API_KEY, api-key, sk-env, /openai/models?api-version=2024-06-01",
        "azure_openai, AZURE_OPENAI_API_KEY, api-key, sk-env, /openai/models?api-version=2024-06-01",
        "cohere, COHERE_API_KEY, authorization, Bearer sk-env, /v2/models"
    })
    void asksEachEngineItsOwnWay(String engine, String keyVariable, String header, String value, String path) {
        String root = upstream.baseUrl().replaceFirst("/v1$", "");
        environment.putAll(Map.of(
                ENGINE, engine, keyVariable, "sk-env", "AZURE_OPENAI_ENDPOINT", root, "COHERE_BASE_URL", root + "/"));

        assertThat(models("Authorization", "Bearer sk-caller").statusCode()).isEqualTo(200);

        assertThat(asked().headers()).containsEntry(header, value);
        assertThat(asked().headers().toString()).doesNotContain("sk-caller");
        assertThat(asked().path()).isEqualTo(path);
    }

    @Test
    void tellsAnthropicWhichVersionItSpeaks() {
        environment.put(ENGINE, "anthropic");

        models();

        assertThat(asked().headers()).containsEntry("anthropic-version", "2023-06-01");
    }

    @Test
    void tellsAzureTheVersionOfTheEnvironment() {
        environment.putAll(Map.of(
                ENGINE,
                "azure",
                "AZURE_OPENAI_ENDPOINT",
                upstream.baseUrl().replaceFirst("/v1$", ""),
                "AZURE_OPENAI_API_VERSION",
                "2025-01-01&x"));

        models();

        assertThat(asked().path()).isEqualTo("/openai/models?api-version=2025-01-01%26x");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, Bearer sk-caller, authorization, Bearer sk-caller",
        "openai, bearer  sk-caller, authorization, Bearer sk-caller",
        "openai, sk-caller, authorization, Bearer sk-caller",
        "anthropic, Bearer sk-caller, x-api-key, sk-caller"
    })
    void passesOnTheCallersKeyIfTheEnvironmentHoldsNone(String engine, String sent, String header, String value) {
        environment.put(ENGINE, engine);

        models("Authorization", sent);

        assertThat(asked().headers()).containsEntry(header, value);
    }

    @Test
    void asksWithoutAKeyIfNobodyHasOne() {
        models();

        assertThat(asked().headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai    | {'data': [{'id': 'm', 'created': 5}]}                        | m       | 5          | openai",
                "openai    | {'data': [{'id': 'm', 'created': 5.9, 'owned_by': 'x'}]}     | m       | 5          | x",
                "openai    | {'data': [{'id': 'm', 'created': '1970-01-01T00:00:07Z'}]}   | m       | 7          | openai",
                "openai    | {'data': [{'id': 'm', 'created': '1970-01-01T00:00:07.5'}]}  | m       | 7          | openai",
                "openai    | {'data': [3, null, 'x', [], {'created': 5}]}                 | unknown | 5          | openai",
                "anthropic | {'data': [{'id': 'c', 'created_at': '2024-02-29T00:00:00Z'}]} | c      | 1709164800 | anthropic",
                "azure     | {'data': [{'id': 'a', 'created_at': 9}]}                     | a       | 9          | azure",
                "cohere    | {'models': [{'name': 'command', 'created': 9}]}              | command | 9          | cohere",
                "acme      | {'data': [{'id': 'm', 'created': 5}]}                        | m       | 5          | acme",
            })
    void readsWhatEachEngineSays(String engine, String answer, String id, long created, String owner) {
        String root = upstream.baseUrl().replaceFirst("/v1$", "");
        environment.putAll(Map.of(ENGINE, engine, "AZURE_OPENAI_ENDPOINT", root, "COHERE_BASE_URL", root));
        upstream.respond(received -> Response.json(answer.replace('\'', '"')));

        JsonNode data = json(models()).path("data");

        assertThat(data).hasSize(1);
        assertThat(data.get(0).path("id").asText()).isEqualTo(id);
        assertThat(data.get(0).path("created").asLong()).isEqualTo(created);
        assertThat(data.get(0).path("owned_by").asText()).isEqualTo(owner);
    }

    @Test
    void saysThatNobodyIsKnownToOwnAModel() {
        upstream.respond(received -> Response.json("{\"data\": [{\"id\": \"m\"}]}"));

        assertThat(json(models()).at("/data/0/owned_by").asText()).isEqualTo("system");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e300", "\"soon\"", "null", "[]", "\"+999999999-01-01T00:00:00Z\"", "123456789012345678901"})
    void takesModelsToBeMadeNowIfItIsNotSaidWhen(String created) {
        upstream.respond(received -> Response.json("{\"data\": [{\"id\": \"m\", \"created\": " + created + "}]}"));
        long before = Instant.now().getEpochSecond();

        long told = json(models()).at("/data/0/created").asLong();

        assertThat(told).isBetween(before, Instant.now().getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\": null}", "{\"data\": {\"id\": \"m\"}}", "{\"models\": [{\"id\": \"m\"}]}"})
    void listsNothingIfThereIsNoList(String answer) {
        upstream.respond(received -> Response.json(answer));

        assertThat(models().body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, MAIN_MODEL_BASE_URL",
        "vllm, MAIN_MODEL_BASE_URL",
        "nim, MAIN_MODEL_BASE_URL",
        "trt_llm, MAIN_MODEL_BASE_URL",
        "azure, AZURE_OPENAI_ENDPOINT",
        "azure_openai, AZURE_OPENAI_ENDPOINT"
    })
    void namesTheVariableThatIsMissing(String engine, String variable) {
        environment.remove(URL);
        environment.put(ENGINE, engine);

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(json(response).at("/error/message").asText()).contains(variable);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("server_error");
    }

    @Test
    void listsNothingForOtherEnginesWithoutABaseUrl() {
        environment.remove(URL);
        environment.put(ENGINE, "acme");

        assertThat(models().body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "ftp://host", "http://user:secret@host/v1"})
    void saysWhatIsWrongWithTheVariable(String url) {
        environment.put(URL, url);

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("MAIN_MODEL_BASE_URL").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"400, 400", "401, 401", "404, 404", "429, 429", "500, 500", "503, 503", "302, 500"})
    void passesOnTheStatusOfARefusalAndNothingElse(int status, int told) {
        upstream.respond(received -> new Response(status, Map.of("Location", "/elsewhere"), "sk-secret"));

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(told);
        assertThat(json(response).at("/error/message").asText())
                .isEqualTo("Error fetching models from upstream (HTTP " + status + ")");
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void passesOnHowLongToWait() {
        upstream.respond(received -> Response.error(429, "slow down", "rate").header("Retry-After", "7"));

        assertThat(models().headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    @DisplayName("checks-contract 2.2")
    void listsThemForClientsOfTheMicroservice() {
        HttpResponse<String> response = started().send("GET", MICROSERVICE, "", "X-Model-Authorization", "nvapi-1");

        assertThat(json(response).at("/data/0/id").asText()).isEqualTo("gpt-x");
        assertThat(asked().headers()).containsEntry("authorization", "Bearer nvapi-1");
    }

    @Test
    void listsNoneForClientsOfTheMicroserviceIfNobodySaysWhereTheyAre() {
        environment.remove(URL);

        assertThat(started().get(MICROSERVICE).body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|401|Failed to get models from NIM due to authentication error. Status code: 401. Provide a valid"
                        + " authentication token in the X-Model-Authorization header.",
                "403|403|Failed to get models from NIM due to authorization error. Status code: 403. Provide a valid"
                        + " authentication token in the X-Model-Authorization header.",
                "504|504|Failed to get models from NIM due to timeout.",
                "429|500|Failed to get models from NIM. NIM responded with status code: 429"
            })
    void tellsClientsOfTheMicroserviceOfARefusalInItsWords(int status, int told, String detail) {
        upstream.respond(received -> Response.error(status, "secret", "code"));

        HttpResponse<String> response = started().get(MICROSERVICE);

        assertThat(response.statusCode()).isEqualTo(told);
        assertThat(json(response).path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void tellsClientsOfTheMicroserviceThatTheEndpointCannotBeReached() {
        environment.put(URL, "http://127.0.0.1:1/v1");

        HttpResponse<String> response = started().get(MICROSERVICE);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).path("detail").asText()).isEqualTo("Unexpected server error occurred.");
    }

    @Test
    void saysThatTheEndpointCannotBeReached() {
        upstream.close();

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(json(response).at("/error/message").asText())
                .startsWith("Error connecting to upstream model server: ")
                .doesNotContain("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "", "{\"data\": [", "{\"data\": []} {}"})
    void refusesWhatIsNotAList(String answer) {
        upstream.respond(received -> Response.json(answer));

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .contains("Error fetching models from upstream")
                .doesNotContain("html");
    }

    @Test
    void refusesAnAnswerThatIsNestedTooDeeply() {
        upstream.respond(received -> Response.json("{\"data\": " + "[".repeat(200) + "]".repeat(200) + "}"));

        assertThat(models().statusCode()).isEqualTo(502);
    }

    @Test
    void refusesAListOfTooManyModels() {
        upstream.respond(received -> Response.json("{\"data\": [" + "{},".repeat(10_000) + "{}]}"));

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("more than 10000 models");
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        upstream.respond(received -> Response.json("{\"data\": [], \"x\": \"" + "y".repeat(17 << 20) + "\"}"));

        HttpResponse<String> response = models();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("longer than");
    }

    private HttpResponse<String> models(String... headers) {
        return started().send("GET", "/v1/models", "", headers);
    }

    private RunningServer started() {
        RunningServer started = RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                RunningServer.settings("", Optional.of("pass")),
                environment);
        server = Optional.of(started);
        return started;
    }

    private Received asked() {
        assertThat(upstream.received()).hasSize(1);
        return upstream.received().get(0);
    }
}
