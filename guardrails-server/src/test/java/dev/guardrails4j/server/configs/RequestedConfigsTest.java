package dev.guardrails4j.server.configs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.server.checks.DetailBody;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.wire.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract "checks" 3.4 and 6.2. */
class RequestedConfigsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("OPENAI_API_KEY", "k", "NVIDIA_API_KEY", "k");

    @TempDir
    private Path root;

    private Injector engine;
    private RequestedConfigs configs;

    @BeforeEach
    void start() {
        write("words", """
                models: [{type: main, engine: demo, model: one}]
                rails:
                  input: {flows: [regex check input]}
                  config: {regex_detection: {input: {patterns: [swordfish]}}}
                """);
        write("more", """
                models: [{type: main, engine: demo, model: one}]
                rails:
                  config: {regex_detection: {input: {patterns: [flounder]}}}
                """);
        write("different", "models: [{type: main, engine: demo, model: two}]");
        write("broken", "rials: {}");
        engine = Guice.createInjector(
                new EngineModule(Catalogue.ofClassPath(), name -> Optional.ofNullable(ENVIRONMENT.get(name))),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(root)));
        configs = ServerConfigs.of(
                        engine.getInstance(Configurations.class),
                        engine.getInstance(CallerConfigurations.class),
                        ConfigStores.none(),
                        Workspaces.NO_MORE)
                .requested();
    }

    @AfterEach
    void stop() {
        engine.getInstance(CallerConfigurations.class).close();
        engine.getInstance(Configurations.class).close();
        engine.getInstance(EngineResources.class).close();
    }

    @ParameterizedTest
    @CsvSource({"words, default", "default/words, default", "default/words, other", "default/words, system"})
    void findsTheOperatorsFoldersInTheDefaultWorkspace(String reference, String workspace) {
        try (Guardrails guardrails = configs.named(workspace, List.of(reference))) {
            assertThat(guardrails.config().id()).isEqualTo("words");
        }
    }

    @Test
    void findsFoldersThatComeLaterAtOnceAndMissesThoseThatGoWithinASecond() throws IOException {
        assertThat(isFound("later")).isFalse();
        write("later", "models: [{type: main, engine: demo, model: one}]");

        assertThat(isFound("later")).isTrue();
        Files.delete(root.resolve("later/config.yml"));
        await().until(() -> !isFound("later"));
    }

    @ParameterizedTest
    @CsvSource({"default, 0", "content-safety, 2", "self-check, 1"})
    void seedsTheWorkspaceSystem(String name, int flows) {
        try (Guardrails guardrails = configs.named("default", List.of("system/" + name))) {
            assertThat(guardrails.config().flows().values().stream()
                            .mapToInt(List::size)
                            .sum())
                    .isEqualTo(flows);
            assertThat(guardrails.config().passthrough()).isTrue();
            assertThat(guardrails.warnings()).isEmpty();
        }
    }

    @Test
    void mergesSeveralAndTheLaterOneWins() {
        try (Guardrails guardrails = configs.named("default", List.of("words", "more"))) {
            assertThat(guardrails.config().id()).isEqualTo("words,more");
            assertThat(guardrails.config().flows().get(Stage.INPUT)).hasSize(1);
            assertThat(guardrails.generate(List.of(Message.user("a flounder"))).block())
                    .isPresent();
            assertThat(guardrails.generate(List.of(Message.user("a swordfish"))).block())
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c", "a/", "", "/", "/a", "a//b"})
    void refusesWhatIsNoReference(String reference) {
        RequestException refusal = refusal(() -> configs.named("default", List.of(reference)));

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(detail(refusal))
                .isEqualTo("invalid entity reference '" + reference + "'; expected 'name' or 'workspace/name'");
    }

    @ParameterizedTest
    @CsvSource({
        "none, default, default/none",
        "default/none, default, default/none",
        "words, other, other/words",
        "other/words, default, other/words",
        "system/none, default, system/none",
        "words, system, system/words",
        "../words, default, ../words",
        "..%2fwords, default, default/..%2fwords",
    })
    void saysWhatIsNotThere(String reference, String workspace, String told) {
        RequestException refusal = refusal(() -> configs.named(workspace, List.of("default/words", reference)));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(detail(refusal)).isEqualTo("Guardrail config not found for ID: " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "words,different"})
    void doesNotTellCallersWhatIsWrongWithTheOperatorsConfigurations(String references) {
        RequestException refusal = refusal(() -> configs.named("default", List.of(references.split(","))));

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(detail(refusal))
                .startsWith("Guardrail config cannot be used: default/")
                .doesNotContain("rials", "engine", root.toString());
    }

    @Test
    void runsAConfigurationThatTheRequestCarries() {
        try (Guardrails guardrails = configs.inline(json("""
                {"rails": {"input": {"flows": ["regex check input"]},
                  "config": {"regex_detection": {"input": {"patterns": ["https://evil\\\\.example"]}}}}}"""))) {
            assertThat(guardrails.config().id()).isEqualTo("guardrails.config");
            assertThat(guardrails.config().flows().get(Stage.INPUT)).hasSize(1);
        }
    }

    @Test
    void ignoresKeysThatMeanNothingAtTheTopmostLevel() {
        try (Guardrails guardrails = configs.inline(json("{\"something_of_my_own\": 1}"))) {
            assertThat(guardrails.warnings()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"rails":{"input":{"flows":["self check input"]}}} | Validation error at body.guardrails.config.RailsConfig: Missing a `self_check_input` prompt template, which is required for the `self check input` rail.
            {"rails":{"input":{"flows":["content safety check input $model=content_safety"]}}} | Validation error at body.guardrails.config.RailsConfig: Missing a `content_safety_check_input $model=content_safety` prompt template, which is required for the `content safety check input` rail.
            {"rails":{"input":{"flows":["content safety check input $model=content_safety"]}},"prompts":[{"task":"content_safety_check_input $model=content_safety","content":"x","output_parser":"nemoguard_parse_prompt_safety"}]} | Validation error at body.guardrails.config.RailsConfig: Input flow 'content safety check input' references model type 'content_safety' that is not defined in the configuration. Detected model types: none.
            {"rails":{"foo":1}} | body.guardrails.config.str: Input should be a valid string; body.guardrails.config.RailsConfig.rails.foo: Extra inputs are not permitted
            {"models":[{"type":"main","engine":"demo"}]} | Validation error at body.guardrails.config.RailsConfig.models.0: Model name must be specified either directly in the 'model' field or through 'model_name'/'model' in parameters
            {"models":[{"type":"main","model":"m"}]} | body.guardrails.config.str: Input should be a valid string; body.guardrails.config.RailsConfig.models.0.engine: Field required
            {"rails":{"input":{"flows":["regex check input"]},"config":{"regex_detection":{"input":{"patterns":["("]}}}}} | body.guardrails.config.str: Input should be a valid string; body.guardrails.config.RailsConfig.rails.config.regex_detection.input.patterns: Invalid regex pattern at index 0: missing closing ): (
            {"models":[{"type":"main","engine":"openai","model":"m","parameters":{"base_url":"http://169.254.169.254/v1"}}]} | body.guardrails.config.str: Input should be a valid string; body.guardrails.config.RailsConfig.models.0.parameters.base_url: is not an address that may be called; a configuration that came over HTTP may use only addresses that the operator's own configurations use or caller_configs in server.yml allows
            """)
    void saysWhatIsWrongWithOneThatTheRequestCarries(String config, String detail) {
        RequestException refusal = refusal(() -> configs.inline(json(config)));

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(detail(refusal)).isEqualTo(detail);
    }

    /** What costs more than a text is long, and what is of the server's machine, is for the operator's configurations. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"rails":{"output":{"flows":["injection detection"]},"config":{"injection_detection":{"yara_path":"/etc"}}}} | injection_detection.yara_path: names a file
            {"rails":{"input":{"flows":["regex check input"]},"config":{"regex_detection":{"input":{"patterns":["(?<!a)b"]}}}}} | look-around and back-references are not supported here
            {"rails":{"input":{"flows":["mask sensitive data on input"]},"config":{"sensitive_data_detection":{"recognizers":[{"name":"x","supported_entity":"X","patterns":[{"name":"x","regex":"(a)\\\\1","score":1}]}],"input":{"entities":["X"]}}}}} | look-around and back-references are not supported here
            """)
    void refusesWhatOnlyTheOperatorMayAskRailsFor(String config, String told) {
        RequestException refusal = refusal(() -> configs.inline(json(config)));

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(detail(refusal)).contains(told);
    }

    private boolean isFound(String id) {
        try (Guardrails guardrails = configs.named("default", List.of(id))) {
            return guardrails.config().id().equals(id);
        } catch (RequestException e) {
            return false;
        }
    }

    private static RequestException refusal(java.util.concurrent.Callable<Guardrails> opening) {
        return catchThrowableOfType(RequestException.class, opening::call);
    }

    private static String detail(RequestException refusal) {
        return DetailBody.of(refusal).detail();
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void write(String id, String yaml) {
        try {
            Files.createDirectories(root.resolve(id));
            Files.writeString(root.resolve(id).resolve("config.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
