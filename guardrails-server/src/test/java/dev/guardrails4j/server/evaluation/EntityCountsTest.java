package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityCountsTest {

    private final EntityCounts counts = new EntityCounts(EntityTypes.ALL);

    @Test
    void takesWhatOverlapsByHalfForRight() {
        counts.add(
                List.of(new Span("PERSON", 0, 10), new Span("PERSON", 20, 30)),
                found(entity("PERSON", 0, 6), entity("PERSON", 27, 37)));

        assertThat(counts.byType()).containsEntry("PERSON", new EntityCount(1, 1, 1));
    }

    @Test
    void countsAnEntityOfAnotherTypeAsWrongAndTheLabelledOneAsMissed() {
        counts.add(List.of(new Span("PERSON", 0, 3)), found(entity("LOCATION", 0, 3)));

        assertThat(counts.byType())
                .containsEntry("PERSON", new EntityCount(0, 0, 1))
                .containsEntry("LOCATION", new EntityCount(0, 1, 0));
    }

    @Test
    void countsNothingTwice() {
        counts.add(List.of(new Span("URL", 0, 10)), found(entity("URL", 0, 10), entity("URL", 0, 10)));

        assertThat(counts.byType()).containsEntry("URL", new EntityCount(1, 1, 0));
    }

    @Test
    void passesOverTypesThatAreNotScored() {
        EntityCounts onlyPersons = new EntityCounts(new EntityTypes(Set.of("PERSON"), Map.of()));

        onlyPersons.add(List.of(), found(entity("URL", 0, 10)));

        assertThat(onlyPersons.byType()).isEmpty();
    }

    @Test
    void passesOverEvidenceOfAnotherShape() {
        counts.add(List.of(), Map.of("entities", List.of("PERSON", Map.of("type", "PERSON", "start", 3, "end", 1))));
        counts.add(List.of(), Map.of("entities", 3));

        assertThat(counts.byType()).isEmpty();
    }

    @Test
    void recallWeighsTwiceAsMuchInF2() {
        double precision = 6 / 8.0;
        double recall = 6 / 10.0;

        assertThat(new EntityCount(6, 2, 4).f2().orElseThrow())
                .isCloseTo(5 * precision * recall / (4 * precision + recall), within(1e-9));
    }

    private static Map<String, Object> found(Object... entities) {
        return Map.of("entities", List.of(entities));
    }

    private static Map<String, Object> entity(String type, int start, int end) {
        return Map.of("type", type, "start", start, "end", end, "score", 0.9);
    }
}
