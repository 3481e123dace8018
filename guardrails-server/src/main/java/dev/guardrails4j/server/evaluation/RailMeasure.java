package dev.guardrails4j.server.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts how one rail fares. Takes no more memory for more texts. Safe for use by many threads; guarded by its own monitor.
 */
final class RailMeasure {

    private static final int MOST_LABELS = 100;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final String stage;
    private final String flow;
    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private final ScoreCounts scores = new ScoreCounts();
    private final EntityCounts entities;
    private final Map<String, Confusion> labels = new TreeMap<>();
    private final Examples misses;
    private final Examples falseAlarms;
    private final Examples failures;
    private Confusion confusion = Confusion.NONE;
    private long failed;

    RailMeasure(String stage, String flow, EntityTypes types, int examples) {
        this.stage = stage;
        this.flow = flow;
        this.entities = new EntityCounts(types);
        this.misses = new Examples(examples);
        this.falseAlarms = new Examples(examples);
        this.failures = new Examples(examples);
    }

    /**
     * The rail has decided.
     *
     * @param position where the text stands in the data
     */
    synchronized void decided(
            long position, LabelledText text, boolean caught, Map<String, Object> evidence, Duration duration) {
        confusion = confusion.plus(text.positive(), caught);
        labels.merge(label(text), Confusion.NONE.plus(text.positive(), caught), Confusion::plus);
        latency.recordValue(Math.min(LONGEST_NANOS, duration.toNanos()));
        if (evidence.get("score") instanceof Number score) {
            scores.add(score.doubleValue(), text.positive());
        }
        entities.add(text.spans(), evidence);
        if (caught != text.positive()) {
            (caught ? falseAlarms : misses).add(position, Example.of(text, evidence));
        }
    }

    /** The rail could not decide. */
    synchronized void failed(long position, LabelledText text, String why) {
        failed++;
        failures.add(position, Example.of(text, Map.of("failure", why)));
    }

    /** Whether it has never decided, though asked so often. */
    synchronized boolean onlyFailed(long times) {
        return confusion.total() == 0 && failed >= times;
    }

    synchronized RailFigures figures() {
        List<LabelCount> counts = new ArrayList<>();
        labels.forEach((label, count) -> {
            boolean positive = count.recall().total() > 0;
            counts.add(new LabelCount(label, positive, positive ? count.recall() : count.falsePositiveRate()));
        });
        return new RailFigures(
                stage,
                flow,
                confusion,
                failed,
                new Latency(percentile(50), percentile(90), percentile(99), Duration.ofNanos(latency.getMaxValue())),
                List.copyOf(counts),
                scores.curve(),
                entities.byType(),
                misses.inOrder(),
                falseAlarms.inOrder(),
                failures.inOrder());
    }

    private Duration percentile(double percent) {
        return Duration.ofNanos(latency.getValueAtPercentile(percent));
    }

    /** Data without labels worth the name, like one that is different for each text, must not fill the memory. */
    private String label(LabelledText text) {
        if (labels.size() < MOST_LABELS || labels.containsKey(text.label())) {
            return text.label();
        }
        return text.positive() ? "(other positive labels)" : "(other negative labels)";
    }
}
