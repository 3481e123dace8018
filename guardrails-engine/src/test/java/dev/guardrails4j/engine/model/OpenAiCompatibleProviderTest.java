package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract "config and rails" 1.2 and "chat server" 1.6, 1.12, 4.8, 4.9. */
class OpenAiCompatibleProviderTest {

    private final ModelFixture fixture = new ModelFixture();
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, https://api.openai.com/v1/chat/completions, OPENAI_API_KEY",
        "nim, https://integrate.api.nvidia.com/v1/chat/completions, NVIDIA_API_KEY",
        "nvidia_ai_endpoints, https://integrate.api.nvidia.com/v1/chat/completions, NVIDIA_API_KEY",
        "openrouter, https://openrouter.ai/api/v1/chat/completions, OPENROUTER_API_KEY",
        "groq, https://api.groq.com/openai/v1/chat/completions, GROQ_API_KEY",
        "together, https://api.together.xyz/v1/chat/completions, TOGETHER_API_KEY",
    })
    void knowsAddressAndKeyOfEngines(String engine, String uri, String variable) {
        environment.put(variable, "k");

        Endpoint endpoint = endpoint(TestSetup.of(engine, Map.of()));

        assertThat(endpoint.uri("m")).isEqualTo(URI.create(uri));
        assertThat(endpoint.headers()).hasToString("[Authorization: Bearer k]");
    }

    @Test
    void asksOllamaOnThisMachineWithoutAKey() {
        Endpoint endpoint = endpoint(TestSetup.of("ollama", Map.of()));

        assertThat(endpoint.uri("m")).isEqualTo(URI.create("http://localhost:11434/v1/chat/completions"));
        assertThat(endpoint.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/v1/chat/completions",
        "http://h:1/, http://h:1/v1/chat/completions",
        "http://h:1/v1/, http://h:1/v1/chat/completions",
        "https://h/api/v1, https://h/api/v1/chat/completions",
        "https://h/api, https://h/api/v1/chat/completions",
        "https://h/v1beta/openai, https://h/v1beta/openai/chat/completions",
        "HTTPS://h/a%20b/v2, HTTPS://h/a%20b/v2/chat/completions",
    })
    void appendsAVersionToABaseUrlThatHasNone(String baseUrl, String uri) {
        assertThat(endpoint(TestSetup.of("some_engine", Map.of("base_url", baseUrl)))
                        .uri("m"))
                .isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/v1",
                "h:8000/v1",
                "/v1",
                "file:///etc/passwd",
                "http://user:hunter2@h/v1",
                "http:///v1",
                "http://h:99999/v1",
                "http://h/v1?key=hunter2",
                "http://h/v1#hunter2",
                "http://h/v1/chat/completions",
                "http://h/hunter2 x",
            })
    void refusesABaseUrlThatCannotBeAskedWithoutShowingIt(String baseUrl) {
        assertThatThrownBy(() -> endpoint(TestSetup.of("openai", Map.of("base_url", baseUrl))))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageStartingWith("config.yml:1: base_url ")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm_openai", "trt_llm", "some_engine"})
    void asksForABaseUrlWhereThereIsNoUsualOne(String engine) {
        assertThatThrownBy(() -> endpoint(TestSetup.of(engine, Map.of())))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("base_url is missing")
                .hasMessageContaining(engine);
    }

    @Test
    void prefersTheNamedKeyThenTheConfiguredThenTheUsualOne() {
        environment.put("OPENAI_API_KEY", "usual");
        TestSetup setup = TestSetup.of("openai", Map.of());

        assertThat(endpoint(setup.with("api_key", "configured").apiKey("named")).key())
                .contains("named");
        assertThat(endpoint(setup.with("api_key", "configured")).key()).contains("configured");
        assertThat(endpoint(setup).key()).contains("usual");
    }

    @Test
    void namesTheVariableOfAMissingKey() {
        environment.put("OPENAI_API_KEY", "  ");

        assertThatThrownBy(() -> endpoint(TestSetup.of("openai", Map.of())))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageContaining("api_key_env_var");
        assertThatThrownBy(() -> endpoint(TestSetup.of("openai", Map.of("base_url", "https://api.openai.com/v1/"))))
                .hasMessageContaining("OPENAI_API_KEY");
    }

    @Test
    void needsNoKeyElsewhere() {
        assertThat(endpoint(TestSetup.of("openai", Map.of("base_url", "http://localhost:8000")))
                        .headers())
                .isEmpty();
    }

    @Test
    void neverShowsAKey() {
        assertThatThrownBy(() -> endpoint(TestSetup.of("openai", Map.of()).apiKey("hunter2\nX-Evil: 1")))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageNotContaining("hunter2");
        assertThat(endpoint(TestSetup.of("openai", Map.of()).apiKey("hunter2")).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void sendsDefaultHeadersAndQuery() {
        TestSetup setup = fixture.setup()
                .with("default_headers", Map.of("X-Team", "support"))
                .with("default_query", Map.of("a b", "c&d"));

        fixture.connect(setup).generate(ModelFixture.HELLO, TestDeadline.far());

        ScriptedUpstream.Received request = fixture.upstream.received().get(0);
        assertThat(request.path()).isEqualTo("/v1/chat/completions?a%20b=c%26d");
        assertThat(request.headers()).containsEntry("x-team", "support");
        assertThat(request.body()).doesNotContain("default_");
    }

    @Test
    void takesAKeyInTheDefaultHeadersForTheKey() {
        environment.put("OPENAI_API_KEY", "usual");

        Endpoint endpoint =
                endpoint(TestSetup.of("openai", Map.of("default_headers", Map.of("authorization", "Basic abc"))));

        assertThat(endpoint.headers()).hasToString("[authorization: Basic abc]");
    }

    @ParameterizedTest
    @CsvSource({"Host, h", "Content-Length, 3", "X Y, 1", "X-Bad, a\u0001b", "X-Emoji, \ud83d\ude00"})
    void refusesHeadersThatCannotBeSent(String name, String value) {
        assertThatThrownBy(() -> endpoint(fixture.setup().with("default_headers", Map.of(name, value))))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 11})
    void refusesANumberOfAttemptsThatMakesNoSense(int attempts) {
        assertThatThrownBy(() -> endpoint(fixture.setup().with("max_attempts", attempts)))
                .hasMessageContaining("max_attempts must be from 1 to 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT61M"})
    void refusesTimeOutsThatMakeNoSense(Duration timeout) {
        assertThatThrownBy(() -> endpoint(fixture.setup().with("timeout", timeout)))
                .hasMessageContaining("timeout must be");
        assertThatThrownBy(() -> endpoint(fixture.setup().with("timeout_connect", timeout)))
                .hasMessageContaining("timeout_connect must be");
    }

    @Test
    void isPatientForTwoMinutesIfNothingElseIsSaid() {
        assertThat(endpoint(fixture.setup()).patience())
                .isEqualTo(new Endpoint.Patience(Duration.ofMinutes(2), Duration.ofSeconds(5), 3));
    }

    @Test
    void asksAzureForADeploymentWithTheKeyInItsOwnHeader() {
        environment.put("AZURE_OPENAI_ENDPOINT", fixture.upstream.baseUrl().replace("/v1", "/"));
        environment.put("AZURE_OPENAI_API_KEY", "azure-key");

        connect(TestSetup.of("azure", Map.of()).model("gpt 4/o")).generate(ModelFixture.HELLO, TestDeadline.far());

        ScriptedUpstream.Received request = fixture.upstream.received().get(0);
        assertThat(request.path()).isEqualTo("/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-06-01");
        assertThat(request.headers()).containsEntry("api-key", "azure-key").doesNotContainKey("authorization");
    }

    @Test
    void readsAzuresOwnParameters() {
        Endpoint endpoint = endpoint(TestSetup.of(
                "azure_openai",
                Map.of(
                        "azure_endpoint",
                        "https://mine.openai.azure.com/",
                        "azure_deployment",
                        "prod",
                        "api_version",
                        "2025-01-01")));

        assertThat(endpoint.uri("gpt"))
                .isEqualTo(URI.create("https://mine.openai.azure.com/openai/deployments/prod/chat/completions"
                        + "?api-version=2025-01-01"));
    }

    @Test
    void asksAzuresNewerApiAsOpenAi() {
        environment.put("AZURE_OPENAI_API_KEY", "k");

        Endpoint endpoint =
                endpoint(TestSetup.of("azure", Map.of("base_url", "https://mine.openai.azure.com/openai/v1")));

        assertThat(endpoint.uri("gpt"))
                .isEqualTo(URI.create("https://mine.openai.azure.com/openai/v1/chat/completions"));
        assertThat(endpoint.headers()).hasToString("[api-key: k]");
    }

    @Test
    void letsNoModelNameLeaveTheDeployments() {
        environment.put("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com");
        environment.put("AZURE_OPENAI_API_KEY", "k");
        Endpoint endpoint = endpoint(TestSetup.of("azure", Map.of()));

        assertThatThrownBy(() -> endpoint.uri("..")).hasMessageContaining("deployment");
        assertThat(endpoint.uri("../../x?y").getRawPath())
                .isEqualTo("/openai/deployments/..%2F..%2Fx%3Fy/chat/completions");
    }

    @Test
    void namesWhatAzureNeeds() {
        assertThatThrownBy(() -> endpoint(TestSetup.of("azure", Map.of())))
                .hasMessageContaining("AZURE_OPENAI_ENDPOINT");
        environment.put("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com");
        assertThatThrownBy(() -> endpoint(TestSetup.of("azure", Map.of())))
                .hasMessageContaining("AZURE_OPENAI_API_KEY");
    }

    @Test
    void letsTheEnvironmentMoveTheMainModelOnly() {
        environment.put("MAIN_MODEL_ENGINE", "vllm_openai");
        environment.put("MAIN_MODEL_BASE_URL", fixture.upstream.baseUrl());
        TestSetup setup = TestSetup.of("openai", Map.of("base_url", "http://127.0.0.1:1"));

        ChatModel main = connect(setup);
        ChatModel other = connect(setup.type("content_safety"));

        main.generate(ModelFixture.HELLO, TestDeadline.far());
        assertThat(main.engine()).isEqualTo("vllm_openai");
        assertThat(main.name()).isEqualTo("test-model");
        assertThat(other.engine()).isEqualTo("openai");
        assertThatThrownBy(() -> other.generate(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessageContaining("could not be reached");
    }

    @Test
    void saysThatAWrongBaseUrlComesFromTheEnvironment() {
        environment.put("MAIN_MODEL_BASE_URL", "localhost:8000");

        assertThatThrownBy(() -> connect(TestSetup.of("openai", Map.of())))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("MAIN_MODEL_BASE_URL")
                .hasMessageContaining("must begin with http");
    }

    @Test
    void takesKnownEnginesAndAnyOtherWithABaseUrl() {
        OpenAiCompatibleProvider provider = provider();

        assertThat(provider.engines()).contains("openai", "trt_llm").doesNotContain("demo", "some_engine");
        assertThat(provider.takes("openai", TestSetup.of("openai", Map.of()).parameters()))
                .isTrue();
        assertThat(provider.takes("some_engine", TestSetup.of("x", Map.of()).parameters()))
                .isFalse();
        assertThat(provider.takes(
                        "some_engine",
                        TestSetup.of("x", Map.of("base_url", "http://h")).parameters()))
                .isTrue();
    }

    private Endpoint endpoint(TestSetup setup) {
        return new EndpointReader(
                        this::variable,
                        KnownEngine.named(setup.engine()),
                        Optional.empty(),
                        setup.environment(this::variable))
                .read();
    }

    private ChatModel connect(TestSetup setup) {
        return provider().connect(setup.environment(this::variable));
    }

    private OpenAiCompatibleProvider provider() {
        return new OpenAiCompatibleProvider(this::variable, fixture.client);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }
}
