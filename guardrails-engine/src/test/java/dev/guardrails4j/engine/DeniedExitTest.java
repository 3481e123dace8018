package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.plugin.PluginProblem;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 5: a rail that calls System.exit. If it were carried out, these tests would not come to their end. */
class DeniedExitTest {

    private static final String EXIT = "System.exit(7);";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                EXIT,
                "Runtime.getRuntime().exit(7);",
                "Runtime.getRuntime().halt(7);",
                "java.util.function.IntConsumer end = System::exit; end.accept(7);",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(7);",
                "java.util.function.ObjIntConsumer<Runtime> end = Runtime::exit; end.accept(Runtime.getRuntime(), 7);",
                "Runnable end = () -> System.exit(7); end.run();",
                "new Object() { void end(int status) { if (status > 0) { System.exit(status); } } }.end(7);"
            })
    void blocksWhenACheckWouldEndTheServer(String statement) throws IOException {
        PluggedEngine.rail(folder, "leaving", statement + " return Verdict.allow();");
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- leaving")) {
            ActivatedRail rail = engine.check("any text");

            assertThat(rail.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(rail.evidence().get("failure")).isEqualTo("it failed with java.lang.SecurityException");
        }
    }

    @Test
    void saysWhoWantedIt() throws IOException {
        PluggedEngine.rail(folder, "leaving", """
                try {
                    System.exit(7);
                } catch (SecurityException denied) {
                    return Verdict.block("told").with("denied", denied.getMessage());
                }
                return Verdict.allow();
                """);
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- leaving")) {
            assertThat(engine.check("any text").evidence())
                    .containsEntry(
                            "denied",
                            "System.exit(7) is not carried out: com.acme.LeavingRail of leaving.jar must not stop the server");
        }
    }

    @Test
    void refusesARailThatWouldEndTheServerWhenItIsConfigured() throws IOException {
        write("", EXIT);
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- leaving")) {
            assertThatThrownBy(() -> engine.check("any text"))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("System.exit(7) is not carried out");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public LeavingRail() { System.exit(7); }", "static { if (true) { System.exit(7); } }"})
    void refusesARailThatWouldEndTheServerWhenItIsMade(String member) throws IOException {
        write(member, "");
        PluggedEngine.rail(folder, "healthy", "return Verdict.allow();");
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- healthy")) {
            assertThat(engine.catalogue().problems())
                    .extracting(PluginProblem::message)
                    .singleElement()
                    .asString()
                    .contains("System.exit(7) is not carried out");
            assertThat(engine.check("any text").outcome()).isEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void leavesTheRestOfTheClassAsItIs() throws IOException {
        PluggedEngine.rail(folder, "leaving", """
                if (context.text() == null) {
                    System.exit(7);
                }
                StringBuilder said = new StringBuilder();
                for (String word : context.text().split(" ")) {
                    said.append(switch (word) { case "exit" -> 1; case "halt" -> 2; default -> 0; });
                }
                Class<?> own = getClass();
                return Verdict.block("told")
                        .with("said", said.toString())
                        .with("package", own.getPackage().getName())
                        .with("jar", own.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith(".jar"));
                """.replace("getClass()", "LeavingRail.class"));
        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- leaving")) {
            assertThat(engine.check("exit or halt").evidence())
                    .containsEntry("said", "102")
                    .containsEntry("package", "com.acme")
                    .containsEntry("jar", true);
        }
    }

    private void write(String member, String inConfigure) throws IOException {
        new JarBuilder()
                .source(
                        "com.acme.LeavingRail",
                        JarBuilder.railSource("com.acme.LeavingRail", "leaving", member)
                                .replace("return context ->", inConfigure + " return context ->"))
                .service(Rail.class, "com.acme.LeavingRail")
                .writeTo(folder.resolve("plugins/leaving.jar"));
    }
}
