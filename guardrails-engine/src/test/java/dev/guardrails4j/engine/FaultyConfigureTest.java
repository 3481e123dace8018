package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN 3: what a third party's rail does wrong while it is configured; the configuration is refused, with its line. */
class FaultyConfigureTest {

    private static final RailLimits.Book BRIEF = new RailLimits.Book(
            new RailLimits(Optional.empty(), 100, Optional.empty(), Duration.ofMillis(200)), Map.of(), Map.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"why\");          | with java.lang.IllegalStateException: why",
                "throw new StackOverflowError();                    | with java.lang.StackOverflowError",
                "throw new AssertionError(\"why\");                  | with java.lang.AssertionError: why",
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

    @Test
    void interruptsARailThatHangsAndRefusesTheConfiguration() throws IOException {
        write("""
                try {
                    new java.util.concurrent.CountDownLatch(1).await();
                } catch (InterruptedException end) {
                    System.setProperty("faulty.configure.interrupted", "yes");
                }
                return null;
                """);
        try (PluggedEngine engine = new PluggedEngine(folder, BRIEF, "- faulty")) {
            assertThatThrownBy(() -> engine.check("any text"))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("config.yml:4")
                    .hasMessageContaining(
                            "the rail 'faulty' of faulty.jar cannot be configured: it took longer than 200 ms");
            Awaitility.await().until(() -> System.getProperty("faulty.configure.interrupted") != null);
        }
    }

    /** What is left behind does not pile up, gets nothing more, and counts until it ends. */
    @Test
    void leavesARailAloneThatHangsAndHeedsNoInterrupt() throws IOException {
        write("""
                while (System.getProperty("faulty.configure.end") == null) {
                    Thread.interrupted();
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
                try {
                    setup.settings("late");
                } catch (IllegalStateException refused) {
                    System.setProperty("faulty.configure.refused", refused.getMessage());
                }
                return context -> Verdict.allow();
                """);
        String[] mentions = Collections.nCopies(6, "- faulty").toArray(String[]::new);
        try (PluggedEngine engine = new PluggedEngine(folder, BRIEF, mentions)) {
            assertThatThrownBy(() -> engine.check("any text"))
                    .isInstanceOfSatisfying(
                            InvalidConfigException.class,
                            refused -> assertThat(refused.problems())
                                    .extracting(Problem::message)
                                    .filteredOn(message -> message.contains("it took longer than 200 ms"))
                                    .hasSize(4))
                    .hasMessageContaining("4 earlier calls of faulty.jar that took too long have not ended yet");

            System.setProperty("faulty.configure.end", "now");
            Awaitility.await()
                    .ignoreException(InvalidConfigException.class)
                    .until(() -> engine.check("any text").outcome() == Outcome.PASSED);
            assertThat(System.getProperty("faulty.configure.refused"))
                    .isEqualTo("The rail 'faulty' is no longer being configured");
        }
    }

    @Test
    void givesUpOnAProviderThatHangs() throws IOException {
        new JarBuilder()
                .source("com.bad.SlowProvider", """
                        import dev.guardrails4j.api.*;
                        public class SlowProvider implements ChatModelProvider {
                            @Override public java.util.Set<String> engines() { return java.util.Set.of("slow"); }
                            @Override public ChatModel connect(ModelSetup setup) {
                                while (!Thread.currentThread().isInterrupted()) {
                                    java.util.concurrent.locks.LockSupport.park();
                                }
                                return null;
                            }
                        }
                        """)
                .service(ChatModelProvider.class, "com.bad.SlowProvider")
                .writeTo(folder.resolve("plugins/slow.jar"));
        PluggedEngine.rail(folder, "healthy", "return Verdict.allow();");
        try (PluggedEngine engine = new PluggedEngine(folder, BRIEF, "- healthy")) {
            Files.writeString(
                    folder.resolve("configs/only/models.yml"), "models: [{type: main, engine: slow, model: any}]");

            assertThatThrownBy(() -> engine.check("any text"))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining(
                            "the engine 'slow' of slow.jar cannot be connected: it took longer than 200 ms");
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
