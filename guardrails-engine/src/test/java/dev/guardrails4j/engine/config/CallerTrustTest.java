package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 8: what configurations that come over HTTP may reach. */
class CallerTrustTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("LLM_KEY", "secret-of-llm", "OTHER_KEY", "secret-of-other", "PRIVATE", "private");

    private static final Reach REACH = new Reach(
            Map.of(
                    address("https://llm.example.com"), Set.of("LLM_KEY"),
                    address("http://localhost:8001"), Set.of(),
                    address("http://gateway.example.com/team-a/v1").withoutVersion(), Set.of("OTHER_KEY")),
            Map.of());

    private final Trust trust =
            new CallerTrust(name -> Optional.ofNullable(ENVIRONMENT.get(name)), AllowedHosts.ANY, REACH);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://llm.example.com",
                "https://llm.example.com/v1",
                "https://LLM.Example.com:443/v1/",
                "HTTPS://llm.example.com/any/path?api-version=1",
                "http://localhost:8001/v1",
                "http://gateway.example.com/team-a",
                "http://gateway.example.com/team-a/v1/chat",
            })
    void callsWhatIsAllowedHoweverItIsSpelt(String url) {
        assertThat(withBaseUrl(url).uri("base_url")).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://metadata.google.internal/",
                "http://localhost",
                "http://localhost:8002",
                "http://127.0.0.1:8001",
                "http://[::1]:8001",
                "http://[::ffff:127.0.0.1]:8001",
                "http://0.0.0.0:8001",
                "http://2130706433:8001",
                "http://0x7f000001:8001",
                "http://017700000001:8001",
                "http://127.1:8001",
                "http://localhost.:8001",
                "http://localhost:8001@evil.example.com",
                "http://evil.example.com\\@localhost:8001",
                "http://evil.example.com#@localhost:8001",
                "http://user:password@localhost:8001",
                "http://evil.example.com?localhost:8001",
                "http://localhost%3a8001.evil.example.com",
                "http://loc\u0430lhost:8001",
                "http://llm.example.com",
                "https://llm.example.com:8443",
                "https://llm.example.com.evil.example.com",
                "https://evilllm.example.com",
                "https://evil.example.com/llm.example.com",
                "https://[fe80::1%25eth0]/",
                "//llm.example.com/v1",
                "ftp://llm.example.com",
                "file:///etc/passwd",
                "jar:file:///etc/passwd!/x",
                "http://gateway.example.com/",
                "http://gateway.example.com/team-b",
                "http://gateway.example.com/team-attack",
                "http://gateway.example.com/team-a/../team-b",
                "http://gateway.example.com/team-a/%2e%2e/team-b",
                "http://gateway.example.com/team-a/..%2fteam-b",
                "http://gateway.example.com/team-a//../team-b",
                "http://gateway.example.com/team-a/..;/team-b",
            })
    void callsNothingElse(String url) {
        assertThatThrownBy(() -> withBaseUrl(url).uri("base_url"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("caller: rails.config.x.base_url: ")
                .hasMessageNotContaining(url);
        assertThatThrownBy(() -> withBaseUrl(url).string("base_url")).isInstanceOf(InvalidConfigException.class);
        assertThatThrownBy(() -> withBaseUrl(url).strings("base_url", List.of()))
                .isInstanceOf(InvalidConfigException.class);
    }

    @Test
    void callsNoDefaultThatIsNotAllowed() {
        NodeSettings settings = settings("{}");

        assertThat(settings.uri("server_endpoint", URI.create("http://localhost:8001/v1")))
                .hasToString("http://localhost:8001/v1");
        assertThatThrownBy(() -> settings.uri("server_endpoint", URI.create("http://localhost:8080/process/text")))
                .hasMessageStartingWith(
                        "caller: rails.config.x.server_endpoint: is not set, and its default is not an address that may be called");
    }

    @Test
    void sendsAKeyOnlyWhereTheOperatorSendsIt() {
        NodeSettings settings = settings("{\"api_key_env_var\": \"LLM_KEY\"}");

        assertThat(settings.secret("api_key_env_var", URI.create("https://llm.example.com/v1")))
                .contains("secret-of-llm");
        assertThatThrownBy(() -> settings.secret("api_key_env_var", URI.create("http://localhost:8001/v1")))
                .hasMessageStartingWith(
                        "caller: rails.config.x.api_key_env_var: names a variable that may not be sent there")
                .hasMessageNotContaining("LLM_KEY")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE", "PATH", "NOT_SET_AT_ALL"})
    void doesNotTellWhichVariablesThereAre(String variable) {
        NodeSettings settings = settings("{\"api_key_env_var\": \"" + variable + "\"}");

        assertThatThrownBy(() -> settings.secret("api_key_env_var", URI.create("https://llm.example.com/v1")))
                .hasMessage("caller: rails.config.x.api_key_env_var: names a variable that may not be sent there; a"
                        + " configuration that came over HTTP may use only keys that the operator's own configurations use or"
                        + " caller_configs in server.yml allows");
        assertThat(trust.value(variable)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "yara_path, rules",
        "kb_folder, kb",
        "ca_cert, ca.pem",
        "client_key, key.pem",
        "model, /etc/passwd",
        "model, ../../etc/passwd",
        "model, ~root/x",
        "model, file:x",
        "api_key_env_var, LLM_KEY",
        "key_env, LLM_KEY",
        "host, 10.0.0.1",
        "nim_url, localhost",
        "server, db.internal",
        "server_endpoint, evil.example.com:80/x",
        "nim_server_endpoint, @evil.example.com/",
        "nim_server_endpoint, ../x",
        "model, \\\\evil\\share",
    })
    void refusesWhatAnUnawareRailMightReachFor(String key, String value) {
        String json = "{\"%s\": \"%s\"}".formatted(key, value.replace("\\", "\\\\"));

        assertThatThrownBy(() -> settings(json).string(key)).isInstanceOf(InvalidConfigException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "mask_token, *",
        "mask_token, /",
        "mask_token, ''",
        "yara_path, ''",
        "model, nvidia/gliner-pii",
        "recipe, pangea_prompt_guard",
        "nim_server_endpoint, classify",
        "nim_server_endpoint, v1/classify",
        "action, reject",
        "name, What is 1:2?",
    })
    void leavesOrdinaryTextsAlone(String key, String value) {
        assertThat(settings("{\"%s\": \"%s\"}".formatted(key, value)).string(key))
                .isEqualTo(value);
    }

    @Test
    void leavesPatternsAlone() {
        assertThat(settings("{\"patterns\": [\"https://evil.example.com\", \"/etc/passwd\"]}")
                        .literals("patterns", List.of()))
                .containsExactly("https://evil.example.com", "/etc/passwd");
    }

    @Test
    void holdsInSectionsBelow() {
        NodeSettings settings = settings(
                "{\"below\": {\"base_url\": \"http://10.0.0.1\"}, \"list\": [{\"base_url\": \"http://10.0.0.1\"}]}");

        assertThatThrownBy(() -> settings.section("below").uri("base_url"))
                .hasMessageStartingWith("caller: rails.config.x.below.base_url: ");
        assertThatThrownBy(() -> settings.sections("list").get(0).string("base_url"))
                .hasMessageStartingWith("caller: rails.config.x.list[0].base_url ");
    }

    @Test
    void grantsWhatAnOperatorsConfigurationReachesFor() {
        OperatorTrust operators = new OperatorTrust(name -> Optional.of("value of " + name), AllowedHosts.ANY);
        NodeSettings settings = new NodeSettings(
                Reading.parse("""
                        rails:
                          config:
                            x:
                              base_url: https://one.example.com/v1
                              key_env_var: ONE
                              unaware: http://two.example.com:81/path
                        """).config().railSettings().entries().get("x"), true, operators);

        settings.secret("key_env_var", settings.uri("base_url"));
        settings.string("unaware");
        settings.uri("other", URI.create("http://default.example.com"));

        assertThat(operators.reached())
                .isEqualTo(new Reach(
                        Map.of(
                                address("https://one.example.com"), Set.of("ONE"),
                                address("http://two.example.com:81/path"), Set.of(),
                                address("http://default.example.com"), Set.of()),
                        Map.of()));
    }

    @Test
    void isNotGivenTheEnvironment() {
        assertThat(
                        problems(
                                "{\"prompting_mode\": \"${PRIVATE}\", \"custom_data\": {\"a\": [\"${LLM_KEY}\", \"$${LLM_KEY}\"]}}"))
                .containsExactly(
                        "caller: prompting_mode refers to an environment variable, which a configuration that came over HTTP may"
                                + " not; write $${ for the text itself",
                        "caller: custom_data.a[0] refers to an environment variable, which a configuration that came over HTTP"
                                + " may not; write $${ for the text itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1:8001",
                "http://user@localhost:8001",
                "http://localhost_:8001",
                "http://localhost:8001@evil/"
            })
    void namesNoActionServerOfItsOwn(String url) {
        assertThat(problems("{\"actions_server_url\": \"" + url + "\"}"))
                .singleElement()
                .asString()
                .startsWith("caller: actions_server_url is not an address that may be called");
        assertThat(problems("{\"actions_server_url\": \"http://localhost:8001\"}"))
                .isEmpty();
    }

    @Test
    void namesNoKeyVariableOfItsOwn() {
        String model =
                "{\"models\": [{\"type\": \"main\", \"engine\": \"openai\", \"model\": \"m\", \"api_key_env_var\": \"%s\"}]}";

        assertThat(problems(model.formatted("PRIVATE")))
                .singleElement()
                .asString()
                .startsWith("caller: models[0].api_key_env_var names a variable that may not be sent there")
                .doesNotContain("PRIVATE");
        assertThat(problems(model.formatted("PRIVATE"))).isEqualTo(problems(model.formatted("NOT_SET_AT_ALL")));
        assertThat(problems(model.formatted("LLM_KEY"))).isEmpty();
    }

    @Test
    void hasNoCacheOfItsOwn() {
        String json = """
                {"models": [{"type": "judge", "engine": "demo", "model": "m", "cache": {"enabled": true, "maxsize": 2000000000}}]}""";
        LoadedConfig loaded = loader().read(CallerConfig.stored("caller", json(json)), REACH);

        assertThat(loaded.config().models().get(0).cache()).isEmpty();
        assertThat(Reading.texts(loaded.problems()))
                .containsExactly("caller: warning: models[0].cache.enabled has no effect: answers are not cached for a"
                        + " configuration that came over HTTP");
    }

    @Test
    void ignoresKeysOfTheTopmostLevelThatMeanNothingUnlessTheySeemMisspelt() {
        JsonNode data = json("{\"my_own\": 1, \"rials\": {}, \"rails\": {\"foo\": {}}}");
        LoadedConfig inline = loader().read(CallerConfig.inline(data), REACH);
        LoadedConfig stored = loader().read(CallerConfig.stored("caller", data), REACH);

        assertThat(inline.problems().stream().map(Problem::toString))
                .containsExactly(
                        "guardrails.config: unknown key 'foo' in rails; known keys: input, retrieval, output, tool_call,"
                                + " tool_output, tool_result, tool_input, dialog, actions, config",
                        "guardrails.config: warning: unknown key 'my_own' has no effect",
                        "guardrails.config: unknown key 'rials'; did you mean 'rails'?");
        assertThat(stored.problems()).hasSize(3).allMatch(Problem::isError);
    }

    @Test
    void isBoundedAsFilesAre() {
        String deep = "[".repeat(60) + "]".repeat(60);

        assertThat(problems("{\"custom_data\": {\"a\": " + deep + "}}"))
                .containsExactly("caller: nested deeper than 50 levels");
        assertThat(problems("{\"custom_data\": {\"a\": \"" + "x".repeat(300_000) + "\"}}"))
                .containsExactly("caller: longer than 262144 characters");
        assertThat(problems("{\"custom_data\": {\"a\": [" + "1,".repeat(200_000) + "1]}}"))
                .containsExactly("caller: has more than 150000 values");
        assertThat(problems("{\"custom_data\": {\"" + "k".repeat(300) + "\": 1}}"))
                .containsExactly("caller: a key must not be longer than 256 characters");
        assertThat(problems("{\"custom_data\": {\"a\\nb\": 1}}"))
                .containsExactly("caller: a key must not hold line breaks or other control characters");
    }

    @Test
    void isNotTrustedMoreForBeingCombinedWithAnOperatorsConfiguration() {
        LoadedConfig operators = Reading.parse("""
                rails:
                  config:
                    x: {base_url: 'https://llm.example.com', api_key: the operator's own}
                    y: {names: [a]}
                """);
        LoadedConfig redirecting = loader().read(
                        CallerConfig.stored(
                                "caller",
                                json("{\"rails\": {\"config\": {\"x\": {\"base_url\": \"http://localhost:8001\"}}}}")),
                        REACH);
        LoadedConfig adding = loader().read(
                        CallerConfig.stored("caller", json("{\"rails\": {\"config\": {\"y\": {\"names\": [\"b\"]}}}}")),
                        REACH);

        LoadedConfig combined = ConfigLoader.combine(List.of(operators, adding));

        assertThat(combined.trust().isOperators()).isFalse();
        assertThat(combined.problems()).isEmpty();
        assertThat(ConfigLoader.combine(List.of(operators, redirecting)).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "caller: rails.config.x names an address, and config.yml has the same section; leave the address out");
        assertThatCode(() -> ConfigLoader.combine(List.of(redirecting, operators)))
                .doesNotThrowAnyException();
        assertThat(ConfigLoader.combine(List.of(redirecting, operators)).hasErrors())
                .isTrue();
    }

    private static ConfigLoader loader() {
        return new ConfigLoader(name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    private static List<String> problems(String json) {
        return Reading.texts(
                loader().read(CallerConfig.stored("caller", json(json)), REACH).problems());
    }

    private NodeSettings withBaseUrl(String url) {
        return settings(new JsonMapper().createObjectNode().put("base_url", url).toString());
    }

    private NodeSettings settings(String json) {
        ConfigNode root = new JsonNodes("caller", new Problems())
                .read(json("{\"rails\": {\"config\": {\"x\": " + json + "}}}"))
                .orElseThrow();
        ConfigNode section =
                root.entries().get("rails").entries().get("config").entries().get("x");
        return new NodeSettings(section, true, trust);
    }

    private static HttpAddress address(String url) {
        return HttpAddress.of(URI.create(url));
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
