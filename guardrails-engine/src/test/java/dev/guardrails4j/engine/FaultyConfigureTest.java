package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN 3: what a third party's rail does wrong while it is configured; the configuration is refused, with its line. */
class FaultyConfigureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"why\");          | with java.lang.IllegalStateException: why",
                "throw new StackOverflowError();                    | with java.lang.StackOverflowError",
                "return null;                                       | it returned no check",
                "throw new RailConfigurationException(\"no list\"); | no list",
                "org.library.Gone.help(); return null;              | with java.lang.NoClassDefFoundError: org/library/Gone"
            })
    void refusesTheConfigurationAndSaysWhy(String body, String cause) throws IOException {
        write(body);
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- faulty")) {
            assertThatThrownBy(() -> engine.check("any text"))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("config.yml:4")
                    .hasMessageContaining(cause.strip());
        }
    }

    @Test
    void leavesConfigurationsThatDoNotNameItAlone() throws IOException {
        write("throw new IllegalStateException();");
        PluggedEngine.rail(folder, "healthy", "return Verdict.block(\"always\");");
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- healthy")) {
            assertThat(engine.result("any text").block()).isPresent();
        }
    }

    private void write(String configureBody) throws IOException {
        new JarBuilder()
                .source(
                        "com.bad.FaultyRail",
                        JarBuilder.railSource("com.bad.FaultyRail", "faulty", "")
                                .replace("return context -> Verdict.allow();", configureBody))
                .source("org.library.Gone", "public class Gone { public static void help() {} }")
                .without("org.library.Gone")
                .service(Rail.class, "com.bad.FaultyRail")
                .writeTo(folder.resolve("plugins/faulty.jar"));
    }
}
