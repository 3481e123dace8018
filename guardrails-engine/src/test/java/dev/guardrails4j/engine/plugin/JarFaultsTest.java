package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars and service files that are broken as such (DESIGN section 3). */
class JarFaultsTest extends FaultyPluginCase {

    @Test
    void namesTheServiceFileThatAJarLacks() throws IOException {
        new JarBuilder()
                .source("com.bad.BadRail", JarBuilder.railSource("com.bad.BadRail", "bad", ""))
                .writeTo(bad());

        assertThatOnlyNeighboursWork(load(), "META-INF/services/dev.guardrails4j.api.Rail", "add that file");
    }

    @Test
    void namesTheServiceFileThatAFolderOfJarsLacks() throws IOException {
        new JarBuilder()
                .source("com.bad.Library", "public class Library {}")
                .writeTo(folder.resolve("bad/library.jar"));

        Catalogue catalogue = load();

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("bad");
            assertThat(problem.message()).contains("META-INF/services/dev.guardrails4j.api.Rail");
        });
        assertThatNeighboursWork(catalogue);
    }

    @Test
    void refusesAFileWithoutBytes() throws IOException {
        Files.createFile(bad());

        assertThatOnlyNeighboursWork(load(), "bad.jar is not a jar that can be read", "copy it anew");
    }

    @Test
    void refusesATruncatedJar() throws IOException {
        Path whole = new JarBuilder().rail("com.bad.BadRail", "bad").writeTo(bad());
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(bad(), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatOnlyNeighboursWork(load(), "bad.jar is not a jar that can be read", "truncated", "copy it anew");
    }

    @Test
    void refusesWhatIsNoZip() throws IOException {
        Files.writeString(bad(), "<html>404 not found</html>");

        assertThatOnlyNeighboursWork(load(), "bad.jar is not a jar that can be read");
    }

    @Test
    void namesTheBrokenJarOfAFolder() throws IOException {
        new JarBuilder().rail("com.bad.BadRail", "bad").writeTo(folder.resolve("bad/bad.jar"));
        Files.createFile(folder.resolve("bad/dependency.jar"));

        Catalogue catalogue = load();

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("bad");
            assertThat(problem.message()).contains("bad/dependency.jar is not a jar");
        });
        assertThatNeighboursWork(catalogue);
    }

    @Test
    void reportsASyntaxErrorOfAServiceFileWithItsLine() throws IOException {
        new JarBuilder()
                .rail("com.bad.BadRail", "bad")
                .service(Rail.class, "com.bad.Bad Rail")
                .writeTo(bad());

        assertThatOnlyNeighboursWork(
                load(),
                "META-INF/services/dev.guardrails4j.api.Rail:2",
                "syntax",
                "name one class of the plug-in a line");
    }

    @Test
    void readsTheServiceFilesBesideTheOneWithASyntaxError() throws IOException {
        new JarBuilder()
                .source("com.bad.GoodAction", actionSource())
                .service(Rail.class, "com.bad.Bad Rail")
                .service(Action.class, "com.bad.GoodAction")
                .writeTo(bad());

        Catalogue catalogue = load();

        assertThat(catalogue.action("good_action")).isPresent();
        assertThat(catalogue.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet"})
    void reportsServiceFilesThatNameNothing(String line) throws IOException {
        new JarBuilder().service(Rail.class, line).writeTo(bad());

        assertThatOnlyNeighboursWork(load(), "name no class of the plug-in", "one a line");
    }

    @Test
    void reportsAServiceClassThatIsMissing() throws IOException {
        writeBesideGoodRail(new JarBuilder().service(Rail.class, "com.bad.GoneRail"));

        assertThatGoodRailWorks(load(), "com.bad.GoneRail not found", "name one class of the plug-in a line");
    }

    @Test
    void reportsAServiceClassThatIsNoRail() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.NoRail", "public class NoRail {}")
                .service(Rail.class, "com.bad.NoRail"));

        assertThatGoodRailWorks(load(), "com.bad.NoRail not a subtype", "implementing the type");
    }

    @Test
    void endsTheSearchInAnEndlessServiceFile() throws IOException {
        JarBuilder jar = new JarBuilder();
        for (int i = 0; i < 200; i++) {
            jar.service(Rail.class, "com.bad.Gone" + i);
        }
        jar.writeTo(bad());

        Catalogue catalogue = load();

        assertThat(catalogue.problems())
                .hasSize(101)
                .last()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("not searched to the end after 100 problems"));
        assertThatNeighboursWork(catalogue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/etc/other.jar", "/etc/other.jar", "../other.jar"})
    void refusesAJarThatReachesOutside(String classPath) throws IOException {
        writeBesideGoodRail(new JarBuilder().attribute(Attributes.Name.CLASS_PATH, classPath));

        assertThatOnlyNeighboursWork(load(), "bad.jar reaches outside", "Class-Path", "remove the entry");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted while loading plug-in a.jar");
        assertThat(Thread.interrupted()).isTrue();
    }
}
