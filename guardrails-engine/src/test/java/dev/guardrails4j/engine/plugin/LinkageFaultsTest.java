package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Plug-ins that do not fit what they are run with: missing classes, other versions, another Java. */
class LinkageFaultsTest extends FaultyPluginCase {

    private static final int RUNNING = Runtime.version().feature();

    @Test
    void saysWhichDependencyAConstructorMisses() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("org.library.Helper", "public class Helper {}")
                .rail("com.bad.BadRail", "bad", "final Object helper = new org.library.Helper();")
                .without("org.library.Helper"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: needs org.library.Helper, which is missing", "put the jar");
    }

    @Test
    void saysWhichClassMissesItsSuperclass() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("org.library.Base", "public class Base {}")
                .source("com.bad.FirstBadRail", railWithBase("FirstBadRail"))
                .source("com.bad.SecondBadRail", railWithBase("SecondBadRail"))
                .service(Rail.class, "com.bad.FirstBadRail", "com.bad.SecondBadRail # the other")
                .without("org.library.Base"));

        Catalogue catalogue = load();

        assertThat(catalogue.rail("good")).isPresent();
        assertThat(catalogue.problems())
                .extracting(PluginProblem::message)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("com.bad.FirstBadRail: needs org.library.Base, which is"),
                        second -> assertThat(second).startsWith("com.bad.SecondBadRail: needs org.library.Base"));
    }

    @Test
    void saysThatPluginsSeeNothingOfTheEngine() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("dev.guardrails4j.engine.Guardrails", "public class Guardrails {}")
                .rail("com.bad.BadRail", "bad", "final Object engine = new dev.guardrails4j.engine.Guardrails();")
                .without("dev.guardrails4j.engine.Guardrails"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: needs dev.guardrails4j.engine.Guardrails", "cannot see");
    }

    @Test
    void saysThatThePluginNeedsANewerApi() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("dev.guardrails4j.api.Tomorrow", "public class Tomorrow {}")
                .rail("com.bad.BadRail", "bad", "final Object tomorrow = new dev.guardrails4j.api.Tomorrow();"));

        assertThatGoodRailWorks(
                load(), "com.bad.BadRail: needs dev.guardrails4j.api.Tomorrow", "this server's guardrails-api");
    }

    @Test
    void saysThatALibraryIsOfAnotherVersion() throws IOException {
        Path newer = new JarBuilder()
                .source("org.library.Helper", "public class Helper { public static int help() { return 1; } }")
                .writeTo(copies.resolve("newer.jar"));
        new JarBuilder()
                .source("org.library.Helper", "public class Helper {}")
                .writeTo(folder.resolve("bad/helper.jar"));
        new JarBuilder()
                .with(newer)
                .rail("com.bad.BadRail", "bad", "final int help = org.library.Helper.help();")
                .writeTo(folder.resolve("bad/rail.jar"));

        Catalogue catalogue = load();

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("bad");
            assertThat(problem.message())
                    .contains("com.bad.BadRail: does not fit", "NoSuchMethodError", "help", "built with");
        });
        assertThatNeighboursWork(catalogue);
    }

    @Test
    void saysWhichJavaAClassNeedsAndWhichRuns() throws IOException {
        writeBesideGoodRail(new JarBuilder().rail("com.bad.BadRail", "bad").forJava("com.bad.BadRail", RUNNING + 3));

        assertThatGoodRailWorks(
                load(),
                "com.bad.BadRail: needs Java " + (RUNNING + 3) + ", and Java " + RUNNING + " runs",
                "--release " + RUNNING);
    }

    @Test
    void saysWhichJavaADependencyNeeds() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.Helper", "class Helper {}")
                .rail("com.bad.BadRail", "bad", "final Object helper = new Helper();")
                .forJava("com.bad.Helper", RUNNING + 3));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: needs Java " + (RUNNING + 3));
    }

    private static String railWithBase(String name) {
        return JarBuilder.railSource("com.bad." + name, "bad", "")
                .replace("implements", "extends org.library.Base implements");
    }
}
