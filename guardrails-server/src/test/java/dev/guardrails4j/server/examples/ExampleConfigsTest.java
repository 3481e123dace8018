package dev.guardrails4j.server.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations in examples/configs do what they say. */
class ExampleConfigsTest {

    private static final ConfigFolders EXAMPLES = ConfigFolders.at(Path.of("../examples/configs"));

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private final Map<String, String> environment =
            Map.of("OPENAI_API_KEY", "key", "NVIDIA_API_KEY", "key", "MAIN_MODEL_BASE_URL", upstream.baseUrl());
    private final Injector injector = Guice.createInjector(
            new EngineModule(Catalogue.ofClassPath(), name -> Optional.ofNullable(environment.get(name))),
            new AbstractModule() {
                @Override
                protected void configure() {
                    bind(ConfigFolders.class).toInstance(EXAMPLES);
                }
            });
    private final Configurations configurations = injector.getInstance(Configurations.class);

    @AfterEach
    void stop() {
        injector.getInstance(EngineResources.class).close();
        upstream.close();
    }

    static Stream<String> withoutPlugins() {
        return EXAMPLES.ids().stream().filter(id -> !id.equals("competitor"));
    }

    @ParameterizedTest
    @MethodSource("withoutPlugins")
    void compilesWithoutAWarning(String id) {
        try (Guardrails guardrails = configurations.open(List.of(id))) {
            assertThat(guardrails.warnings()).isEmpty();
        }
    }
}
