package dev.guardrails4j.server.evaluation;

import java.util.List;
import java.util.SortedMap;

/**
 * What was measured of one rail, or of all together.
 *
 * @param stage where it is listed: {@code "input"}; empty for all together
 * @param flow as the configuration spells it; {@code "all rails"} for all together
 * @param confusion how often it was right
 * @param failed how many texts it could not decide about; they count nowhere else
 * @param latency how long it took; all zero if it decided about nothing
 * @param labels how each label fared
 * @param curve what other thresholds would do; empty if the rail gives no scores
 * @param entities how well entities were found, by type; empty if the data has no spans
 * @param misses texts that should have been caught and were not, some
 * @param falseAlarms texts that should have passed and were caught, some
 * @param failures texts it could not decide about, some
 */
public record RailFigures(
        String stage,
        String flow,
        Confusion confusion,
        long failed,
        Latency latency,
        List<LabelCount> labels,
        List<ThresholdPoint> curve,
        SortedMap<String, EntityCount> entities,
        List<Example> misses,
        List<Example> falseAlarms,
        List<Example> failures) {

    /** The counts of all types of entities together. */
    public EntityCount allEntities() {
        return entities.values().stream().reduce(new EntityCount(0, 0, 0), EntityCount::plus);
    }
}
