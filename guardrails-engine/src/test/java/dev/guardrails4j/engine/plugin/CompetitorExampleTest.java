package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rail of DESIGN section 2, as examples/rail-competitor has it, needs nothing but guardrails-api. */
class CompetitorExampleTest {

    private static final Path EXAMPLE = example();

    @TempDir
    private Path home;

    @Test
    void theExampleIsAPluginThatBlocksCompetitors() throws Exception {
        new JarBuilder()
                .sources(EXAMPLE.resolve("src/main/java"))
                .service(Rail.class, serviceFile())
                .writeTo(home.resolve("plugins/rail-competitor.jar"));

        Catalogue catalogue = new PluginLoader(
                        List.of(new PluginFolder(home.resolve("plugins"), Plugin.Origin.DROPPED)),
                        home.resolve("copies"))
                .load();

        assertThat(catalogue.problems()).isEmpty();
        Rail rail = catalogue.rail("competitor check").orElseThrow().rail();
        assertThat(rail.stages()).containsExactlyInAnyOrder(Stage.INPUT, Stage.OUTPUT);
        RailCheck check = rail.configure(naming("Globex", "Initech"));
        assertThat(check.check(saying("Is Initech any good?")))
                .isEqualTo(Verdict.block("names a competitor").with("name", "Initech"));
        assertThat(check.check(saying("Are you any good?"))).isEqualTo(Verdict.allow());
    }

    @Test
    void theExampleDependsOnTheApiOnly() throws IOException {
        assertThat(EXAMPLE.resolve("pom.xml"))
                .content()
                .containsOnlyOnce("<dependency>")
                .containsPattern("<artifactId>guardrails-api</artifactId>\\s*<version>.*</version>\\s*<scope>provided");
    }

    private static String serviceFile() throws IOException {
        return Files.readString(EXAMPLE.resolve("src/main/resources/META-INF/services/" + Rail.class.getName()));
    }

    private static RailSetup naming(String... names) {
        Settings settings = mock(Settings.class);
        when(settings.strings("names")).thenReturn(List.of(names));
        RailSetup setup = mock(RailSetup.class);
        when(setup.settings("competitor_check")).thenReturn(settings);
        return setup;
    }

    private static RailContext saying(String text) {
        RailContext context = mock(RailContext.class);
        when(context.text()).thenReturn(text);
        return context;
    }

    /** The build may run from the root or from the module. */
    private static Path example() {
        Path here = Path.of("").toAbsolutePath();
        Path example = here.resolve("examples/rail-competitor");
        return Files.isDirectory(example) ? example : here.resolveSibling("examples/rail-competitor");
    }
}
