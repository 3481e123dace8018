package dev.guardrails4j.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private final Changes changes = new Changes(Map.of("a", 1, "b", 1));

    @Test
    void tellsNothingOfWhatStaysTheSame() {
        assertThat(changes.settled(Map.of("a", 1, "b", 1))).isEmpty();
        assertThat(changes.isUnrest()).isFalse();
    }

    @Test
    void tellsOfAChangeOnceWhenItIsSeenASecondTime() {
        assertThat(changes.settled(Map.of("a", 2, "b", 1))).isEmpty();
        assertThat(changes.isUnrest()).isTrue();

        assertThat(changes.settled(Map.of("a", 2, "b", 1))).containsExactly("a");
        assertThat(changes.isUnrest()).isFalse();
        assertThat(changes.settled(Map.of("a", 2, "b", 1))).isEmpty();
    }

    @Test
    void waitsForWhatIsStillBeingWrittenAndNotForTheOthers() {
        changes.settled(Map.of("a", 2, "b", 2));

        assertThat(changes.settled(Map.of("a", 3, "b", 2))).containsExactly("b");
        assertThat(changes.settled(Map.of("a", 4, "b", 2))).isEmpty();
        assertThat(changes.settled(Map.of("a", 4, "b", 2))).containsExactly("a");
    }

    @Test
    void tellsOfWhatIsAddedAndRemoved() {
        Map<String, Object> now = Map.of("a", 1, "c", 1);
        changes.settled(now);

        assertThat(changes.settled(now)).containsExactlyInAnyOrder("b", "c");
        assertThat(changes.isUnrest()).isFalse();
    }

    @Test
    void tellsNothingOfAChangeThatWasTakenBack() {
        changes.settled(Map.of("b", 1));

        assertThat(changes.settled(Map.of("a", 1, "b", 1))).isEmpty();
        assertThat(changes.isUnrest()).isFalse();
    }
}
