package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plug-in at fault between two healthy ones, which must be found all the same. */
abstract class FaultyPluginCase {

    @TempDir
    Path folder;

    @TempDir
    Path copies;

    @BeforeEach
    void healthyNeighbours() throws IOException {
        new JarBuilder().rail("com.healthy.FirstRail", "first").writeTo(folder.resolve("a.jar"));
        new JarBuilder().rail("com.healthy.LastRail", "last").writeTo(folder.resolve("z.jar"));
    }

    Path bad() {
        return folder.resolve("bad.jar");
    }

    Catalogue load() {
        return loader(Duration.ofSeconds(60)).load();
    }

    PluginLoader loader(Duration timeLimit) {
        return new PluginLoader(
                List.of(new PluginFolder(folder, Plugin.Origin.DROPPED)), copies, PluginTrust.EVERYBODY, timeLimit);
    }

    /** Writes the jar at fault with a healthy rail in it, named after the bad ones in the service file. */
    void writeBesideGoodRail(JarBuilder jar) throws IOException {
        jar.rail("com.bad.GoodRail", "good").writeTo(bad());
    }

    static String actionSource() {
        return """
            public class GoodAction implements dev.guardrails4j.api.Action {
                @Override public String name() { return "good_action"; }
                @Override public Object execute(dev.guardrails4j.api.ActionContext context) { return ""; }
            }
            """;
    }

    static void assertThatOnlyNeighboursWork(Catalogue catalogue, String... messageParts) {
        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("bad.jar");
            assertThat(problem.message()).contains(messageParts).doesNotContain("\n");
        });
        assertThat(catalogue.rails()).extracting(CataloguedRail::name).containsExactly("first", "last");
        assertThat(catalogue.plugins()).extracting(Plugin::name).containsExactly("a.jar", "z.jar");
    }

    static void assertThatGoodRailWorks(Catalogue catalogue, String... messageParts) {
        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("bad.jar");
            assertThat(problem.message()).contains(messageParts).doesNotContain("\n");
        });
        assertThat(catalogue.rails()).extracting(CataloguedRail::name).containsExactly("first", "good", "last");
        assertThat(catalogue.plugins()).extracting(Plugin::name).containsExactly("a.jar", "bad.jar", "z.jar");
    }

    static void assertThatNeighboursWork(Catalogue catalogue) {
        assertThat(catalogue.rails()).extracting(CataloguedRail::name).contains("first", "last");
    }
}
