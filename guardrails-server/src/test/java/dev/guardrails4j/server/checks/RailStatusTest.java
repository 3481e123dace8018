package dev.guardrails4j.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("checks-contract 5: what is told of each rail")
class RailStatusTest {

    private static final List<String> CONFIGURED = List.of("a", "b $model=x", "c");

    @Test
    void tellsSuccessOfRailsThatPassed() {
        assertThat(statuses(false, rail("a", Outcome.PASSED), rail("c", Outcome.REWRITTEN)))
                .containsExactly(entry("a", RailStatus.SUCCESS), entry("c", RailStatus.SUCCESS));
    }

    @Test
    void endsWithTheFirstThatBlocked() {
        assertThat(statuses(
                        true,
                        rail("c", Outcome.PASSED),
                        rail("b $model=x", Outcome.BLOCKED),
                        rail("a", Outcome.PASSED)))
                .containsExactly(entry("a", RailStatus.SUCCESS), entry("b $model=x", RailStatus.BLOCKED));
    }

    @Test
    void tellsAFailureAsABlock() {
        assertThat(statuses(true, rail("a", Outcome.FAILED))).containsExactly(entry("a", RailStatus.BLOCKED));
    }

    @Test
    void tellsTheBlockOfARailThatRanTwice() {
        assertThat(statuses(true, rail("a", Outcome.BLOCKED), rail("a", Outcome.PASSED)))
                .containsExactly(entry("a", RailStatus.BLOCKED));
        assertThat(statuses(true, rail("a", Outcome.PASSED), rail("a", Outcome.BLOCKED)))
                .containsExactly(entry("a", RailStatus.BLOCKED));
    }

    @Test
    void tellsThatNobodyKnowsWhoBlocked() {
        assertThat(statuses(true, rail("a", Outcome.PASSED), rail("c", Outcome.PASSED)))
                .containsExactly(entry("a", RailStatus.UNKNOWN), entry("c", RailStatus.UNKNOWN));
    }

    @Test
    void tellsNothingOfWhatDidNotRun() {
        assertThat(statuses(false)).isEmpty();
    }

    @Test
    void tellsOfABlockThatIsNoFlows() {
        assertThat(statuses(true, rail("a", Outcome.PASSED), rail("unreadable parts", Outcome.BLOCKED)))
                .containsExactly(entry("a", RailStatus.SUCCESS), entry("unreadable parts", RailStatus.BLOCKED));
    }

    private static Map<String, RailStatus> statuses(boolean isBlocked, ActivatedRail... activated) {
        return RailStatus.of(CONFIGURED, List.of(activated), isBlocked);
    }

    private static ActivatedRail rail(String name, Outcome outcome) {
        return new ActivatedRail("input", name, outcome, List.of(), List.of(), Map.of(), Instant.EPOCH, Duration.ZERO);
    }
}
