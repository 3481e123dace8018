package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.RailLimits.Breaker;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RailLimitsTest {

    /** Throws if the text says so, and hangs, deaf to interrupts, until the property that the text names is set. */
    private static final String CHECK = """
            if (context.text().startsWith("throw")) throw new IllegalStateException("as told");
            if (context.text().startsWith("hang")) {
                String property = context.text().substring(5);
                while (System.getProperty(property) == null) {
                    try { Thread.sleep(5); } catch (InterruptedException deaf) { continue; }
                }
            }
            return Verdict.allow();
            """;

    private static final Duration SETUP = RailLimits.DEFAULT.setupTimeout();

    @TempDir
    private Path folder;

    @Test
    void leavesARailAloneThatFailsAgainAndAgainAndTriesItLater() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        try (PluggedEngine engine = engine(breaking(Duration.ofMillis(300)), "- moody")) {
            assertThat(failure(engine.check("throw"))).contains("IllegalStateException");
            assertThat(failure(engine.check("throw"))).contains("IllegalStateException");

            assertThat(failure(engine.check("a good text"))).contains("its circuit breaker is open");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(engine.check("a good text").outcome()).isEqualTo(Outcome.PASSED));
            assertThat(engine.check("a good text").outcome()).isEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void opensAgainIfAProbeFails() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        try (PluggedEngine engine = engine(breaking(Duration.ofMillis(300)), "- moody")) {
            engine.check("throw");
            engine.check("throw");

            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(failure(engine.check("throw"))).contains("IllegalStateException"));
            assertThat(failure(engine.check("a good text"))).contains("its circuit breaker is open");
        }
    }

    @Test
    void lateChecksCountAsFaults() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        try (PluggedEngine engine =
                engine(breaking(Duration.ofHours(1)), "- {flow: moody, timeout: 50ms, on_error: allow}")) {
            assertThat(engine.check("hang limits.test.late").outcome()).isEqualTo(Outcome.BYPASSED);
            assertThat(engine.check("hang limits.test.late").outcome()).isEqualTo(Outcome.BYPASSED);

            assertThat(failure(engine.check("a good text"))).contains("its circuit breaker is open");
        } finally {
            System.setProperty("limits.test.late", "end");
        }
    }

    @Test
    void blocksDoNotOpenTheBreaker() throws IOException {
        PluggedEngine.rail(folder, "strict", "return Verdict.block(\"always\");");
        try (PluggedEngine engine = engine(breaking(Duration.ofHours(1)), "- strict")) {
            for (int i = 0; i < 5; i++) {
                assertThat(engine.check("any").outcome()).isEqualTo(Outcome.BLOCKED);
            }
        }
    }

    @Test
    void aCheckThatNeverEndsKeepsItsPlaceAndTheRestAreToldToWait() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        RailLimits two = new RailLimits(Optional.empty(), 2, Optional.empty(), SETUP);
        RailLimits.Book limits = new RailLimits.Book(RailLimits.DEFAULT, Map.of(), Map.of("moody", two));
        try (PluggedEngine engine = engine(limits, "- {flow: moody, timeout: 200ms}")) {
            assertThat(failure(engine.check("hang limits.test.places"))).contains("in time");
            assertThat(failure(engine.check("hang limits.test.places"))).contains("in time");

            assertThatThrownBy(() -> engine.check("a good text"))
                    .isInstanceOfSatisfying(RailUnavailableException.class, busy -> {
                        assertThat(busy.flow()).isEqualTo("moody");
                        assertThat(busy.outage().retryAfter()).contains(Duration.ofSeconds(1));
                    })
                    .hasMessage("The rail 'moody' is unavailable: as many checks of it run as may at once");

            System.setProperty("limits.test.places", "end");
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> engine.check("a good text").outcome() == Outcome.PASSED);
        }
    }

    @Test
    void placesAreGivenBack() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        RailLimits one = new RailLimits(Optional.empty(), 1, Optional.empty(), SETUP);
        RailLimits.Book limits = new RailLimits.Book(RailLimits.DEFAULT, Map.of("moody.jar", one), Map.of());
        try (PluggedEngine engine = engine(limits, "- moody")) {
            List<CompletableFuture<ActivatedRail>> checks = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String text = i % 2 == 0 ? "throw" : "a good text";
                checks.add(CompletableFuture.supplyAsync(() -> engine.check(text)));
            }

            assertThat(checks).extracting(check -> check.join().outcome()).contains(Outcome.PASSED, Outcome.FAILED);
            assertThat(engine.check("a good text").outcome()).isEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void theOperatorsTimeGoesBeforeALongerOneOfTheFlow() throws IOException {
        PluggedEngine.rail(folder, "moody", CHECK);
        RailLimits brief = new RailLimits(Optional.of(Duration.ofMillis(50)), 10, Optional.empty(), SETUP);
        RailLimits.Book limits = new RailLimits.Book(brief, Map.of(), Map.of());
        try (PluggedEngine engine = engine(limits, "- {flow: moody, timeout: 10m}")) {
            assertThat(failure(engine.check("hang limits.test.brief"))).contains("it did not decide in time");
        } finally {
            System.setProperty("limits.test.brief", "end");
        }
    }

    private PluggedEngine engine(RailLimits.Book limits, String... flows) throws IOException {
        return new PluggedEngine(folder, limits, flows);
    }

    private static RailLimits.Book breaking(Duration openFor) {
        return new RailLimits.Book(
                new RailLimits(Optional.empty(), 100, Optional.of(new Breaker(50, 2, openFor, 1)), SETUP),
                Map.of(),
                Map.of());
    }

    private static String failure(ActivatedRail rail) {
        return String.valueOf(rail.evidence().get("failure"));
    }
}
