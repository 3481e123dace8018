package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.configs.store.StoredConfig;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
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

@DisplayName("checks-contract 3.4 and DESIGN 8: requests that run on stored configurations")
class StoredConfigsTest {

    private static final String CONFIGS = "/apis/guardrails/v2/workspaces/team/configs";
    private static final String CHECKS = "/apis/guardrails/v2/workspaces/team/checks";

    @TempDir
    private Path folder;

    private final ConfigStore store = ConfigStores.memory(ConfigLimits.DEFAULT);
    private final ScriptedUpstream llm = ScriptedUpstream.start().answer("from llm");
    private final ScriptedUpstream evil = ScriptedUpstream.start().answer("from evil");
    private RunningServer server;

    @BeforeEach
    void start() {
        new ConfigRoot(folder)
                .config("llm", operators(llm, "LLM_KEY"))
                .config("evil-without-key", operators(evil, "OTHER_KEY"));
        server = RunningServer.start(
                folder,
                RunningServer.settings("", Optional.of("llm")),
                Map.of("LLM_KEY", "secret-of-llm", "OTHER_KEY", "other", "PATH", "/secret"),
                store);
    }

    private static String operators(ScriptedUpstream upstream, String key) {
        return """
                models: [{type: main, engine: openai, model: m, api_key_env_var: %s, parameters: {base_url: '%s'}}]
                """.formatted(key, upstream.baseUrl());
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
        llm.close();
        evil.close();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.send(method, path, body, "Content-Type", "application/json");
    }

    private HttpResponse<String> stored(String name, String data) {
        return send("POST", CONFIGS, "{\"name\": \"" + name + "\", \"data\": " + data.replace('\'', '"') + "}");
    }

    private static String words(String word) {
        return """
                {'rails': {'input': {'flows': ['regex check input']},
                  'config': {'regex_detection': {'input': {'patterns': ['%s']}}}}}""".formatted(word);
    }

    private String check(String config, String text) {
        HttpResponse<String> response = send("POST", CHECKS, """
                {"model": "m", "messages": [{"role": "user", "content": "%s"}], "guardrails": {"config_id": "%s"}}""".formatted(text, config));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("status").asText();
    }

    private HttpResponse<String> chat(String config, String text) {
        return server.chat("""
                {"model": "", "messages": [{"role": "user", "content": "%s"}], "guardrails": {"config_id": "%s"}}""".formatted(text, config));
    }

    private static String said(HttpResponse<String> response) {
        return json(response).at("/choices/0/message/content").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "team/one"})
    void checksRunOnThem(String reference) {
        assertThat(stored("one", words("swordfish")).statusCode()).isEqualTo(201);

        assertThat(check(reference, "a swordfish")).isEqualTo("blocked");
        assertThat(check(reference, "a flounder")).isEqualTo("success");
    }

    @Test
    void theNextRequestSeesAChange() {
        stored("one", words("swordfish"));
        assertThat(check("one", "a swordfish")).isEqualTo("blocked");

        send("PATCH", CONFIGS + "/one", "{\"data\": " + words("flounder").replace('\'', '"') + "}");
        assertThat(check("one", "a swordfish")).isEqualTo("success");
        assertThat(check("one", "a flounder")).isEqualTo("blocked");

        send("DELETE", CONFIGS + "/one", "");
        HttpResponse<String> gone = send("POST", CHECKS, """
                {"model": "m", "messages": [], "guardrails": {"config_id": "one"}}""");
        assertThat(gone.statusCode()).isEqualTo(400);
        assertThat(json(gone).path("detail").asText()).isEqualTo("Guardrail config not found for ID: team/one");
    }

    @Test
    void chatRunsOnThem() {
        stored("one", words("swordfish"));

        HttpResponse<String> blocked = server.chat("""
                {"model": "", "messages": [{"role": "user", "content": "a swordfish"}],
                 "guardrails": {"config_ids": ["llm", "team/one"]}}""");

        assertThat(blocked.headers().firstValue("X-Guardrails-Rail")).contains("regex check input");
        assertThat(llm.received()).isEmpty();
    }

    @Test
    void chatFindsThoseOfTheDefaultWorkspaceByNameAlone() {
        send("POST", CONFIGS.replace("team", "default"), """
                {"name": "mine", "data": {"models": [{"type": "main", "engine": "openai", "model": "m",
                  "api_key_env_var": "LLM_KEY", "parameters": {"base_url": "%s"}}]}}""".formatted(llm.baseUrl()));

        assertThat(said(chat("mine", "Hello!"))).isEqualTo("from llm");
        assertThat(said(chat("default/mine", "Hello!"))).isEqualTo("from llm");
        assertThat(llm.received().get(0).headers()).containsEntry("authorization", "Bearer secret-of-llm");
        assertThat(json(chat("team/mine", "Hello!")).at("/error/message").asText())
                .isEqualTo("Could not load the requested guardrails configuration: ['team/mine']");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../llm", "team/../../etc", "a/b/c", "/etc/passwd", ".", "team/..", "system/../llm"})
    void idsNeverBecomePaths(String id) {
        assertThat(chat(id, "Hello!").statusCode()).isEqualTo(400);
        assertThat(send("POST", CHECKS, """
                {"model": "m", "messages": [], "guardrails": {"config_id": "%s"}}""".formatted(id)).statusCode()).isIn(400, 422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LLM_KEY   | EVIL               | data.models.0.api_key_env_var
            PATH      | EVIL               | data.models.0.api_key_env_var
            PATH      | LLM                | data.models.0.api_key_env_var
            OTHER_KEY | LLM                | data.models.0.api_key_env_var
            LLM_KEY   | http://169.254.169.254/latest | data.models.0.parameters.base_url
            LLM_KEY   | http://localhost:1 | data.models.0.parameters.base_url
            LLM_KEY   | http://[::1]:1     | data.models.0.parameters.base_url
            LLM_KEY   | http://10.0.0.1    | data.models.0.parameters.base_url
            LLM_KEY   | file:///etc/passwd | data.models.0.parameters.base_url
            """)
    void stealNoKeyAndReachNothingElse(String variable, String address, String key) {
        String url = address.replace("EVIL", evil.baseUrl()).replace("LLM", llm.baseUrl());

        HttpResponse<String> refused = stored("one", """
                {'models': [{'type': 'main', 'engine': 'openai', 'model': 'm', 'api_key_env_var': '%s',
                  'parameters': {'base_url': '%s'}}]}""".formatted(variable, url));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused).path("detail").asText()).contains(key).doesNotContain("secret");
        assertThat(store.entries()).isEmpty();
        assertThat(evil.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'actions_server_url': 'http://169.254.169.254'} | data.actions_server_url
            {'rails': {'input': {'flows': ['injection detection']}, 'config': {'injection_detection': {'yara_path': '/etc'}}}} | data
            {'rails': {'input': {'flows': ['jailbreak detection heuristics']}, 'config': {'jailbreak_detection': {'server_endpoint': 'http://10.0.0.1'}}}} | data.rails.config.jailbreak_detection
            """)
    void nameNoFilesAndNoOtherServers(String data, String key) {
        HttpResponse<String> refused = stored("one", data);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused).path("detail").asText()).contains(key);
        assertThat(store.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'models': [{'type': 'main', 'engine': 'openai', 'model': '${LLM_KEY}', 'parameters': {'base_url': 'LLM'}}]}",
                "{'instructions': [{'type': 'general', 'content': '${LLM_KEY}'}]}",
                "{'rails': {'config': {'regex_detection': {'input': {'patterns': ['${LLM_KEY}']}}}}}",
            })
    void readNoVariables(String data) {
        HttpResponse<String> response = stored("one", data.replace("LLM'", llm.baseUrl() + "'"));

        assertThat(response.body()).doesNotContain("secret-of-llm");
        assertThat(server.get(CONFIGS + "/one").body()).doesNotContain("secret-of-llm");
    }

    @Test
    void loseNoKeyByBeingCombinedWithTheOperatorsOwn() {
        HttpResponse<String> added = stored("one", """
                {'models': [{'type': 'main', 'engine': 'openai', 'model': 'm', 'parameters': {'base_url': '%s'}}]}""".formatted(evil.baseUrl()));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);

        for (String ids : new String[] {"\"llm\", \"team/one\"", "\"team/one\", \"llm\""}) {
            server.chat("""
                    {"model": "", "messages": [{"role": "user", "content": "Hello!"}],
                     "guardrails": {"config_ids": [%s]}}""".formatted(ids));
        }

        assertThat(evil.received())
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain("secret-of-llm"));
    }

    @Test
    void showNobodyTheCallersOwnKey() {
        String data = """
                {'models': [{'type': 'main', 'engine': 'openai', 'model': 'm',
                  'parameters': {'base_url': '%s', 'api_key': 'the-callers', 'default_headers': {'X-Team': 'hush'}}}]}""".formatted(llm.baseUrl());

        HttpResponse<String> written = stored("one", data);

        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        assertThat(written.body()).doesNotContain("the-callers").doesNotContain("hush");
        HttpResponse<String> read = server.get(CONFIGS + "/one");
        assertThat(read.body()).doesNotContain("the-callers").doesNotContain("hush");
        assertThat(said(chat("team/one", "Hello!"))).isEqualTo("from llm");
        assertThat(llm.received().get(0).headers()).containsEntry("authorization", "Bearer the-callers");
        JsonNode shown = json(read).path("data");
        HttpResponse<String> back = send("PATCH", CONFIGS + "/one", "{\"data\": " + shown + "}");
        assertThat(back.statusCode()).isEqualTo(422);
        assertThat(json(back).path("detail").asText())
                .startsWith("Validation error at data: Secrets are masked when they are read");
    }

    @Test
    void areCheckedAgainWhenTheyAreReadBack() throws Exception {
        Instant then = Instant.parse("2026-05-01T12:00:00Z");
        JsonNode planted = json("""
                {"models": [{"type": "main", "engine": "openai", "model": "m", "api_key_env_var": "LLM_KEY",
                  "parameters": {"base_url": "%s"}}]}""".formatted(evil.baseUrl()));
        store.create(new StoredConfig(
                new ConfigEntry(
                        new ConfigReference("team", "planted"),
                        "guardrail-config-1",
                        0,
                        Optional.empty(),
                        json("{}"),
                        then,
                        then),
                Optional.of(planted)));

        HttpResponse<String> answer = chat("team/planted", "Hello!");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(evil.received()).isEmpty();
    }

    @Test
    void theServersOwnCallNobodyWithoutTheOperatorsKey() {
        HttpResponse<String> answer = send("POST", CHECKS, """
                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}],
                 "guardrails": {"config_id": "system/default"}}""");

        assertThat(json(answer).path("status").asText()).isEqualTo("success");
    }
}
