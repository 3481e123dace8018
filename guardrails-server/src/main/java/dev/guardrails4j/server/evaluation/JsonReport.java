package dev.guardrails4j.server.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.evaluation.Proportion.Estimate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes an evaluation as JSON, for programs. What was not measured is {@code null}. */
public final class JsonReport {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonReport() {}

    /**
     * The report, without examples.
     *
     * @param configuration what was measured
     * @param data on what
     */
    public static String of(EvaluationFigures figures, String configuration, List<String> data) {
        ObjectNode report = JSON.objectNode();
        report.put("config", configuration);
        ArrayNode files = report.putArray("data");
        data.forEach(files::add);
        report.put("texts", figures.texts());
        report.put("skipped", figures.skipped());
        report.put("bad", figures.bad());
        ArrayNode bad = report.putArray("bad_lines");
        figures.badLines()
                .forEach(line -> bad.addObject().put("place", line.place()).put("problem", line.problem()));
        report.put("seconds", figures.duration().toNanos() / 1e9);
        ArrayNode rails = report.putArray("rails");
        figures.rails().forEach(rail -> rails.add(rail(rail)));
        report.set("together", figures.together().map(JsonReport::rail).orElse(null));
        return report.toPrettyString();
    }

    private static ObjectNode rail(RailFigures figures) {
        ObjectNode rail = JSON.objectNode();
        rail.put("stage", figures.stage()).put("flow", figures.flow());
        Confusion confusion = figures.confusion();
        rail.putObject("confusion")
                .put("true_positives", confusion.truePositives())
                .put("false_positives", confusion.falsePositives())
                .put("true_negatives", confusion.trueNegatives())
                .put("false_negatives", confusion.falseNegatives());
        rail.put("failed", figures.failed());
        put(rail, "precision", confusion.precision().estimate());
        put(rail, "recall", confusion.recall().estimate());
        put(rail, "f1", confusion.f1());
        put(rail, "false_positive_rate", confusion.falsePositiveRate().estimate());
        Latency latency = figures.latency();
        rail.putObject("latency_us")
                .put("p50", micros(latency.p50()))
                .put("p90", micros(latency.p90()))
                .put("p99", micros(latency.p99()))
                .put("max", micros(latency.max()));
        ArrayNode labels = rail.putArray("labels");
        figures.labels()
                .forEach(label -> labels.addObject()
                        .put("label", label.label())
                        .put("positive", label.positive())
                        .put("texts", label.caught().total())
                        .put("caught", label.caught().hits()));
        ArrayNode thresholds = rail.putArray("thresholds");
        for (ThresholdPoint point : figures.curve()) {
            ObjectNode entry = thresholds.addObject().put("threshold", point.threshold());
            value(entry, "recall", point.recall());
            value(entry, "false_positive_rate", point.falsePositiveRate());
        }
        if (!figures.entities().isEmpty()) {
            ObjectNode entities = rail.putObject("entities");
            figures.entities().forEach((type, count) -> entities.set(type, entity(count)));
            rail.set("all_entities", entity(figures.allEntities()));
        }
        return rail;
    }

    private static ObjectNode entity(EntityCount count) {
        ObjectNode entity = JSON.objectNode()
                .put("right", count.right())
                .put("wrong", count.wrong())
                .put("missed", count.missed());
        value(entity, "precision", count.precision());
        value(entity, "recall", count.recall());
        entity.put("f2", count.f2().orElse(null));
        return entity;
    }

    private static void put(ObjectNode node, String name, Optional<Estimate> estimate) {
        node.set(
                name,
                estimate.map(found -> JSON.objectNode()
                                .put("value", found.value())
                                .put("low", found.low())
                                .put("high", found.high()))
                        .orElse(null));
    }

    private static void value(ObjectNode node, String name, Proportion proportion) {
        node.put(name, proportion.estimate().map(Estimate::value).orElse(null));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
