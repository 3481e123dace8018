package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.config.FlowReference;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginDescription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private static final ConfiguredRail RAIL = rail(1);

    private final AtomicLong now = new AtomicLong();
    private final Verdicts verdicts = new Verdicts(now::get);

    @Test
    void findsWhatWasKept() {
        Verdict verdict = Verdict.block("bad").with("word", "swordfish");
        of("alice", "").keep(RAIL, "text", verdict);

        assertThat(of("alice", "").find(RAIL, "text")).contains(verdict);
    }

    @Test
    void findsNothingForAnotherCallerModelRailOrText() {
        of("alice", "m").keep(RAIL, "text", Verdict.allow());

        assertThat(of("bob", "m").find(RAIL, "text")).isEmpty();
        assertThat(of("alice", "").find(RAIL, "text")).isEmpty();
        assertThat(of("alice", "m").find(rail(2), "text")).isEmpty();
        assertThat(of("alice", "m").find(RAIL, "text ")).isEmpty();
        assertThat(of("alicem", "").find(RAIL, "text")).isEmpty();
    }

    @Test
    void forgetsAfterAnHour() {
        of("alice", "").keep(RAIL, "text", Verdict.allow());

        now.addAndGet(Verdicts.MAX_AGE.minusSeconds(1).toNanos());
        assertThat(of("alice", "").find(RAIL, "text")).isPresent();

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(of("alice", "").find(RAIL, "text")).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        String large = "x".repeat(1024 * 1024);
        for (int i = 0; i < 64; i++) {
            of("alice", "").keep(RAIL, "text " + i, Verdict.rewrite(large));
        }

        assertThat(verdicts.weight()).isLessThanOrEqualTo(Verdicts.MAX_WEIGHT);
    }

    private Verdicts.Remembered of(String caller, String model) {
        return verdicts.of(
                caller,
                new ChosenModel(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(model).filter(name -> !name.isEmpty()),
                        Instructions.NONE,
                        Map.of()));
    }

    private static ConfiguredRail rail(long id) {
        FlowConfig flow = new FlowConfig(
                new FlowReference("rail", "rail", Map.of()),
                FlowConfig.OnError.BLOCK,
                Optional.empty(),
                false,
                Optional.empty(),
                new Location("config.yml", 1));
        return new ConfiguredRail(
                id,
                Stage.INPUT,
                flow,
                context -> Verdict.allow(),
                false,
                Set.of(),
                Refusal.toRespond(),
                new Plugin(
                        "test",
                        Optional.empty(),
                        Plugin.Origin.CLASS_PATH,
                        PluginDescription.NONE,
                        VerdictsTest.class.getClassLoader()),
                Duration.ofSeconds(1),
                RailGate.open(),
                ActionBook.none());
    }
}
