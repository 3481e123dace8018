package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Service classes that cannot be created. */
class ConstructionFaultsTest extends FaultyPluginCase {

    @ParameterizedTest
    @ValueSource(strings = {"private BadRail() {}", "BadRail() {}", "public BadRail(String name) {}"})
    void reportsAServiceClassWithoutAUsableConstructor(String constructor) throws IOException {
        writeBesideGoodRail(new JarBuilder().rail("com.bad.BadRail", "bad", constructor));

        assertThatGoodRailWorks(load(), "com.bad.BadRail", "public constructor without parameters");
    }

    @Test
    void reportsAnAbstractServiceClass() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.BadRail", "public abstract class BadRail implements dev.guardrails4j.api.Rail {}")
                .service(Rail.class, "com.bad.BadRail"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail", "neither abstract nor an inner one");
    }

    @Test
    void reportsAServiceClassThatIsNotPublic() throws IOException {
        String source = JarBuilder.railSource("com.bad.BadRail", "bad", "public BadRail() {}")
                .replace("public class", "class");
        writeBesideGoodRail(new JarBuilder().source("com.bad.BadRail", source).service(Rail.class, "com.bad.BadRail"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail", "make it a public class");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"no licence\") | java.lang.IllegalStateException: no licence",
                "recurse() | java.lang.StackOverflowError",
                "throw new AssertionError() | java.lang.AssertionError",
                "throw new Unspeakable() | com.bad.BadRail$Unspeakable"
            })
    void reportsWhatAConstructorThrows(String statement, String cause) throws IOException {
        String members = """
            public BadRail() { %s; }
            static void recurse() { recurse(); }
            static class Unspeakable extends RuntimeException {
                @Override public String toString() { throw new IllegalStateException("cannot say"); }
            }
            """.formatted(statement);
        writeBesideGoodRail(new JarBuilder().rail("com.bad.BadRail", "bad", members));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: threw " + cause, "must not fail");
    }

    @Test
    void reportsWhatAStaticInitializerThrows() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .rail("com.bad.BadRail", "bad", "static final int LIMIT = Integer.parseInt(\"many\");"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: threw java.lang.NumberFormatException", "many");
    }

    @Test
    void reportsWhatAStaticInitializerOfAnotherClassThrewEarlier() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.Limits", "class Limits { static final int LIMIT = Integer.parseInt(\"many\"); }")
                .rail("com.bad.FirstBadRail", "bad", "int limit = Limits.LIMIT;")
                .rail("com.bad.SecondBadRail", "bad", "int limit = Limits.LIMIT;"));

        Catalogue catalogue = load();

        assertThat(catalogue.rail("good")).isPresent();
        assertThat(catalogue.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message())
                        .contains("BadRail: threw java.lang.")
                        .contains("NumberFormatException"));
    }

    @Test
    void doesNotSurviveRunningOutOfMemory() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .rail("com.bad.BadRail", "bad", "public BadRail() { throw new OutOfMemoryError(\"for the test\"); }"));

        assertThatThrownBy(this::load).isInstanceOf(OutOfMemoryError.class).hasMessage("for the test");
    }

    @Test
    void givesUpOnAConstructorThatHangsAndInterruptsIt() throws IOException {
        String members = """
            public BadRail() {
                try {
                    new java.util.concurrent.CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    System.setProperty("com.bad.interrupted", "yes");
                }
            }
            """;
        writeBesideGoodRail(new JarBuilder().rail("com.bad.BadRail", "bad", members));

        Catalogue catalogue = loader(Duration.ofSeconds(8)).load();

        assertThatOnlyNeighboursWork(catalogue, "longer than 8 s", "creating com.bad.BadRail", "nothing of it is used");
        Awaitility.await().until(() -> System.getProperty("com.bad.interrupted") != null);
        System.clearProperty("com.bad.interrupted");
    }

    @Test
    void givesUpOnANameThatNeverComesAndHeedsNoInterrupt() throws IOException {
        String source = JarBuilder.railSource("com.bad.BadRail", "bad", "")
                .replace(
                        "return \"bad\";",
                        "while (true) { java.util.concurrent.locks.LockSupport.park(); " + "Thread.interrupted(); }");
        new JarBuilder()
                .source("com.bad.BadRail", source)
                .service(Rail.class, "com.bad.BadRail")
                .writeTo(bad());

        Catalogue catalogue = loader(Duration.ofSeconds(8)).load();

        assertThatOnlyNeighboursWork(catalogue, "asking com.bad.BadRail what it offers", "nothing of it is used");
    }
}
