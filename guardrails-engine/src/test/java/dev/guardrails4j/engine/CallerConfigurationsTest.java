package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.CallerConfig;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.HttpAddress;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 8: configurations that come over HTTP. */
class CallerConfigurationsTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("LLM_KEY", "secret-of-llm", "OTHER_KEY", "secret-of-other", "OPENAI_API_KEY", "secret-of-openai");

    @TempDir
    private Path root;

    private final ScriptedUpstream llm = ScriptedUpstream.start().answer("from llm");
    private final ScriptedUpstream other = ScriptedUpstream.start().answer("from other");
    private final ScriptedUpstream evil = ScriptedUpstream.start().answer("from evil");
    private final CountedModels counted = new CountedModels();
    private Injector engine = start(Reach.NOTHING);

    private Injector start(Reach allowed) {
        return Guice.createInjector(
                new EngineModule(
                        Catalogue.combine(List.of(Catalogue.withProviders(List.of(counted)), Catalogue.ofClassPath())),
                        name -> Optional.ofNullable(ENVIRONMENT.get(name)),
                        allowed,
                        RailLimits.Book.DEFAULT),
                binder -> binder.bind(ConfigFolders.class).toProvider(() -> ConfigFolders.at(root)));
    }

    @BeforeEach
    void write() {
        write(
                "llm",
                "models: [{type: main, engine: openai, model: m, api_key_env_var: LLM_KEY, parameters: {base_url: '%s'}}]"
                        .formatted(llm.baseUrl()));
        write(
                "other",
                "models: [{type: main, engine: openai, model: m, api_key_env_var: OTHER_KEY, parameters: {base_url: '%s'}}]"
                        .formatted(other.baseUrl()));
    }

    @AfterEach
    void stop() {
        close(engine);
        llm.close();
        other.close();
        evil.close();
    }

    private static void close(Injector engine) {
        engine.getInstance(CallerConfigurations.class).close();
        engine.getInstance(Configurations.class).close();
        engine.getInstance(EngineResources.class).close();
    }

    @Test
    void callsTheModelThatAnOperatorsConfigurationCallsWithItsKey() {
        assertThat(answer(model("openai", llm.baseUrl(), "LLM_KEY"))).isEqualTo("from llm");
        assertThat(llm.received().get(0).headers()).containsEntry("authorization", "Bearer secret-of-llm");
    }

    @Test
    void callsItWithTheCallersOwnKey() {
        String own = """
                {"models": [{"type": "main", "engine": "openai", "model": "m",
                  "parameters": {"base_url": "%s", "api_key": "the caller's"}}]}""".formatted(llm.baseUrl());

        assertThat(answer(own)).isEqualTo("from llm");
        assertThat(llm.received().get(0).headers()).containsEntry("authorization", "Bearer the caller's");
    }

    @Test
    void sendsNoKeyThatOnlyTheEngineUsuallyHas() {
        assertThat(answer("""
                {"models": [{"type": "main", "engine": "openai", "model": "m", "parameters": {"base_url": "%s"}}]}""".formatted(llm.baseUrl()))).isEqualTo("from llm");
        assertThat(llm.received().get(0).headers()).doesNotContainKey("authorization");
    }

    @Test
    void sendsNoKeyToWhereTheOperatorDoesNotSendIt() {
        assertRefused(
                model("openai", other.baseUrl(), "LLM_KEY"), "models[0].api_key_env_var names a variable that may not");
        assertThat(other.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LLM_KEY", "OPENAI_API_KEY", "PATH"})
    void sendsNoKeyElsewhere(String variable) {
        assertRefused(model("openai", evil.baseUrl(), variable), "guardrails.config: ");
        assertRefused(
                "{\"models\": [{\"type\": \"main\", \"engine\": \"openai\", \"model\": \"m\", \"parameters\": {\"base_url\": \"%s\"}}]}"
                        .formatted(evil.baseUrl()),
                "models[0].parameters.base_url is not an address that may be called");
        assertThat(evil.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'engine': 'openai', 'model': 'm'}",
                "{'engine': 'ollama', 'model': 'm'}",
                "{'engine': 'azure', 'model': 'm', 'parameters': {'azure_endpoint': 'http://169.254.169.254'}}",
                "{'engine': 'vllm_openai', 'model': 'm', 'parameters': {'base_url': 'http://169.254.169.254/v1'}}",
                "{'engine': 'counted', 'model': 'm'}",
            })
    void reachesNothingThatNoConfigurationOfTheOperatorReaches(String model) {
        String json = "{'models': [%s]}".formatted(model.replaceFirst("\\{", "{'type': 'main', "));

        assertRefused(json.replace('\'', '"'), "may be");
    }

    @Test
    void followsNoRedirect() {
        llm.respond(received -> new Response(307, Map.of("Location", evil.baseUrl() + "/chat/completions"), ""));

        assertThatThrownBy(() -> answer(model("openai", llm.baseUrl(), "LLM_KEY")))
                .isInstanceOf(dev.guardrails4j.api.ModelException.class);
        assertThat(evil.received()).isEmpty();
    }

    @Test
    void reachesWhatTheOperatorAllowsBeside() {
        Injector allowing = start(new Reach(
                Map.of(HttpAddress.of(URI.create(evil.baseUrl())), Set.of("OTHER_KEY")), Map.of("counted", Set.of())));
        CallerConfigurations configurations = allowing.getInstance(CallerConfigurations.class);

        assertThat(answer(configurations, inline(model("openai", evil.baseUrl(), "OTHER_KEY"))))
                .isEqualTo("from evil");
        assertThat(answer(configurations, inline(counted("one")))).isEqualTo("one");
        close(allowing);
    }

    @Test
    void losesWhatTheOperatorTakesOutOfTheConfigurations() {
        assertThat(answer(model("openai", llm.baseUrl(), "LLM_KEY"))).isEqualTo("from llm");
        write("llm", "models: []");

        engine.getInstance(Configurations.class).reload(Set.of("llm"));

        assertRefused(model("openai", llm.baseUrl(), "LLM_KEY"), "may not");
    }

    @Test
    void usesEnginesOfPlugInsThatTheOperatorUses() {
        assertRefused(counted("one"), "models[0].engine is not an engine that may be used");
        write("counted", "models: [{type: main, engine: counted, model: m}]");
        engine.getInstance(Configurations.class).reload(Set.of("counted"));

        assertThat(answer(counted("one"))).isEqualTo("one");
    }

    @Test
    void compilesTheSameContentOnceHoweverManyAskForIt() throws Exception {
        write("counted", "models: [{type: main, engine: counted, model: m}]");
        CallerConfigurations configurations = engine.getInstance(CallerConfigurations.class);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Guardrails>> opened = IntStream.range(0, 64)
                    .mapToObj(unused -> threads.submit(() -> configurations.open(List.of(inline(counted("one"))))))
                    .toList();
            Set<Object> configs = new HashSet<>();
            for (Future<Guardrails> guardrails : opened) {
                configs.add(System.identityHashCode(guardrails.get().config()));
                guardrails.get().close();
            }

            assertThat(configs).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void doesNotGrowWithTheNumberOfConfigurationsAndClosesThoseItDrops() {
        write("counted", "models: [{type: main, engine: counted, model: m}]");
        CallerConfigurations configurations = engine.getInstance(CallerConfigurations.class);
        Guardrails held = configurations.open(List.of(inline(large(0))));

        int opened = 1;
        while (counted.closed().size() < 3) {
            assertThat(opened).as("configurations kept").isLessThan(10_000);
            assertThat(answer(configurations, inline(large(opened)))).isEqualTo("model-" + opened);
            opened++;
        }

        assertThat(held.generate(List.of(Message.user("Hello!"))).text()).isEqualTo("model-0");
        held.close();
        configurations.close();
        assertThat(counted.closed()).hasSize(opened).doesNotHaveDuplicates();
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> answer(
                        "{\"rails\": {\"foo\": 1, \"input\": {\"flows\": [\"no such rail\"]}}, \"models\": [{}]}"))
                .satisfies(e -> assertThat(e.problems()).hasSizeGreaterThan(2))
                .withMessageContaining("guardrails.config: unknown key 'foo' in rails")
                .withMessageContaining("guardrails.config: unknown flow 'no such rail'")
                .withMessageContaining("guardrails.config: models[0].engine is missing");
    }

    @Test
    void combinesThemWithConfigurationsOfTheOperators() {
        ConfigPart words = inline("""
                {"rails": {"input": {"flows": ["check words"]}, "config": {"words": {"forbidden": ["swordfish"]}}}}""");
        CallerConfigurations configurations = engine.getInstance(CallerConfigurations.class);

        try (Guardrails guardrails = configurations.open(List.of(new ConfigPart.OfFolder("llm"), words))) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("from llm");
            assertThat(guardrails.generate(List.of(Message.user("swordfish"))).block())
                    .isPresent();
        }
        assertThatThrownBy(() -> configurations.open(List.of(new ConfigPart.OfFolder("none"), words)))
                .isInstanceOf(InvalidConfigIdException.class);
        try (Guardrails alone = configurations.open(List.of(new ConfigPart.OfFolder("other")))) {
            assertThat(alone.generate(List.of(Message.user("Hello!"))).text()).isEqualTo("from other");
        }
    }

    @Test
    void getTheModelsOfAnotherIfTheyHaveNone() {
        assertThat(answer(borrowing("llm", "{\"passthrough\": true}"))).isEqualTo("from llm");
        assertThat(answer(borrowing("other", "{\"passthrough\": true}"))).isEqualTo("from other");
        assertThat(answer(borrowing("llm", model("openai", other.baseUrl(), "OTHER_KEY"))))
                .isEqualTo("from other");
    }

    @Test
    void tellNothingOfWhatIsWrongWithWhomTheyBorrowFrom() {
        write(
                "broken",
                "models: [{type: main, engine: openai, model: m, api_key_env_var: LLM_KEY}]\nsecret_key: hunter2");

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> answer(borrowing("broken", "{\"passthrough\": true}")))
                .withMessageContaining("The configuration whose models it would get cannot be used now")
                .withMessageNotContaining("secret_key");
    }

    @Test
    void giveFlowsNoParameterThatReachesOut() {
        assertRefused("""
                {"rails": {"input": {"flows": ["replace $from=\\"http://169.254.169.254/\\" $to=x"]}}}""", "the parameter '$from' of the flow 'replace' is not an address that may be called");
    }

    @Test
    void trustNoServerThatNobodyVouchesFor() {
        assertRefused(
                """
                {"rails": {"input": {"flows": ["post"]}, "config": {"server": {"address": "%s", "verified": false}}}}""".formatted(llm.baseUrl()),
                "the server of 'server' cannot have TLS options in a configuration that came over HTTP");
    }

    private void assertRefused(String json, String problem) {
        assertThatThrownBy(() -> answer(json))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret-of");
    }

    private String answer(String json) {
        return answer(engine.getInstance(CallerConfigurations.class), inline(json));
    }

    private String answer(ConfigPart part) {
        return answer(engine.getInstance(CallerConfigurations.class), part);
    }

    private static ConfigPart borrowing(String lender, String json) {
        return new ConfigPart.OfCaller(CallerConfig.inline(json(json)), Optional.of(lender));
    }

    private static String answer(CallerConfigurations configurations, ConfigPart part) {
        try (Guardrails guardrails = configurations.open(List.of(part))) {
            return guardrails.generate(List.of(Message.user("Hello!"))).text();
        }
    }

    private static ConfigPart inline(String json) {
        return new ConfigPart.OfCaller(CallerConfig.inline(json(json)));
    }

    private static String model(String engine, String baseUrl, String variable) {
        return """
                {"models": [{"type": "main", "engine": "%s", "model": "m", "api_key_env_var": "%s",
                  "parameters": {"base_url": "%s"}}]}""".formatted(engine, variable, baseUrl);
    }

    private static String counted(String model) {
        return "{\"models\": [{\"type\": \"main\", \"engine\": \"counted\", \"model\": \"%s\"}]}".formatted(model);
    }

    private static String large(int number) {
        return "{\"models\": [{\"type\": \"main\", \"engine\": \"counted\", \"model\": \"model-%d\"}], \"custom_data\": {\"list\": [%s]}}"
                .formatted(number, "\"text\",".repeat(20_000) + "1");
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
