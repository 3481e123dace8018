package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN 3: what a check of a third party's jar does wrong, and what becomes of it. */
class FaultyChecksTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"why\");                     | it failed with java.lang.IllegalStateException",
                "throw new StackOverflowError();                               | it failed with java.lang.StackOverflowError",
                "throw new ThreadDeath();                                      | it failed with java.lang.ThreadDeath",
                "throw new NoClassDefFoundError(\"com/acme/Gone\");            | it failed with java.lang.NoClassDefFoundError",
                "return Verdict.block(\"\" + new long[Integer.MAX_VALUE].length); | it failed with java.lang.OutOfMemoryError",
                "return null;                                                  | it returned no verdict",
                "return Verdict.rewrite(\"other\");                            | it rewrote the text, which it does not declare to do",
                "new java.util.concurrent.CountDownLatch(1).await(); return null; | it did not decide in time",
                "while (context.text() != null) { } return null;               | it did not decide in time",
                "List<byte[]> kept = new ArrayList<>(); while (true) { if (kept.size() > 8) kept.clear(); "
                        + "kept.add(new byte[1 << 20]); }                      | it did not decide in time"
            })
    void blocksWhenACheckDoesNotDecide(String body, String failure) throws IOException {
        // A loop without end takes a processor for as long as the JVM lives; this one looks at its thread's interrupt.
        String ending = body.replace("while (context.text() != null)", "while (!Thread.interrupted())")
                .replace("while (true)", "while (!Thread.interrupted())")
                .replace("kept.add(new byte[1 << 20]); }", "kept.add(new byte[1 << 20]); } return null;");
        PluggedEngine.rail(folder, "faulty", ending);
        String timeout = failure.contains("in time") ? "200ms" : "60s";
        try (PluggedEngine engine = engine("- {flow: faulty, timeout: " + timeout + "}")) {
            ActivatedRail rail = engine.check("any text");

            assertThat(rail.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(rail.evidence().get("failure")).isEqualTo(failure.strip());
        }
    }

    /** Issue 5: eats memory in a loop until its deadline. Beside it, others decide. */
    @Test
    void aRailThatEatsMemoryIsEndedByItsDeadlineWhileOthersDecide() throws IOException {
        PluggedEngine.rail(folder, "eater", """
                if (!context.text().equals("eat")) {
                    return Verdict.allow();
                }
                List<byte[]> kept = new ArrayList<>();
                System.setProperty("faulty.checks.eating", "yes");
                while (!Thread.interrupted()) {
                    if (kept.size() > Runtime.getRuntime().maxMemory() / 2 >> 16) {
                        kept.clear();
                    }
                    kept.add(new byte[1 << 16]);
                }
                System.setProperty("faulty.checks.eating", "ended after " + kept.size());
                return Verdict.allow();
                """);
        PluggedEngine.rail(folder, "healthy", "return Verdict.block(\"always\");");
        try (PluggedEngine engine = engine("- {flow: eater, timeout: 2s}", "- healthy")) {
            CompletableFuture<ActivatedRail> eating = CompletableFuture.supplyAsync(() -> engine.check("eat"));
            Awaitility.await().until(() -> System.getProperty("faulty.checks.eating") != null);

            for (int i = 0; i < 20; i++) {
                assertThat(engine.result("any text").block()).isPresent();
            }

            assertThat(eating.join().evidence()).containsEntry("failure", "it did not decide in time");
            Awaitility.await()
                    .until(() -> System.getProperty("faulty.checks.eating").startsWith("ended"));
            assertThat(engine.result("any text").block()).isPresent();
        }
    }

    @Test
    void aRailThatFailsDoesNotKeepOthersFromDeciding() throws IOException {
        PluggedEngine.rail(folder, "faulty", "throw new IllegalStateException();");
        PluggedEngine.rail(folder, "healthy", "return Verdict.block(\"always\");");
        try (PluggedEngine engine = engine("- {flow: faulty, on_error: allow}", "- healthy")) {
            assertThat(engine.result("any text").log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BYPASSED, Outcome.BLOCKED);
        }
    }

    /** DESIGN 3, the context loader; a thread that is left behind keeps nobody from the next check. */
    @Test
    void threadsThatACheckLeavesBehindHaveThePluginsLoader() throws IOException {
        PluggedEngine.rail(folder, "leaver", """
                Thread thread = new Thread(() -> {
                    try { Thread.sleep(60_000); } catch (InterruptedException end) { return; }
                }, "left behind");
                thread.setDaemon(true);
                thread.start();
                return Verdict.allow();
                """);
        try (PluggedEngine engine = engine("- leaver")) {
            assertThat(engine.check("one").outcome()).isEqualTo(Outcome.PASSED);
            assertThat(engine.check("two").outcome()).isEqualTo(Outcome.PASSED);

            CataloguedRail rail = engine.catalogue().rail("leaver").orElseThrow();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("left behind"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(thread -> {
                        assertThat(thread.getContextClassLoader())
                                .isSameAs(rail.plugin().loader());
                        thread.interrupt();
                    });
        }
    }

    @Test
    void aCheckIsInterruptedWhenItsTimeHasPassed() throws IOException {
        PluggedEngine.rail(folder, "patient", """
                try {
                    new java.util.concurrent.CountDownLatch(1).await();
                } catch (InterruptedException end) {
                    System.setProperty("faulty.checks.interrupted", "yes");
                }
                return Verdict.allow();
                """);
        try (PluggedEngine engine = engine("- {flow: patient, timeout: 100ms}")) {
            engine.check("any text");

            Awaitility.await().until(() -> System.getProperty("faulty.checks.interrupted") != null);
        }
    }

    private PluggedEngine engine(String... flows) throws IOException {
        return new PluggedEngine(folder, RailLimits.Book.DEFAULT, flows);
    }
}
