package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.EntityCount;
import dev.guardrails4j.server.evaluation.EvaluationFigures;
import dev.guardrails4j.server.evaluation.Numbers;
import dev.guardrails4j.server.evaluation.RailFigures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prints what an evaluation found. */
final class EvalTable {

    private EvalTable() {}

    static void print(EvaluationFigures figures, PrintWriter out) {
        List<RailFigures> rails = Stream.concat(figures.rails().stream(), figures.together().stream())
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RAIL", "CAUGHT", "RECALL", "FALSE POSITIVE RATE", "PRECISION", "F1", "P50", "P99", "MAX"));
        rails.forEach(rail -> rows.add(row(rail)));
        Table.print(rows, out);
        rails.stream().filter(rail -> !rail.entities().isEmpty()).forEach(rail -> printEntities(rail, out));
        out.printf(
                "%n%s texts in %s, %s left out; 95 %% confidence intervals in brackets%n",
                Numbers.count(figures.texts()), Numbers.duration(figures.duration()), Numbers.count(figures.skipped()));
        rails.stream()
                .filter(rail -> rail.failed() > 0)
                .forEach(rail -> out.printf(
                        "%s could not decide about %s, which count nowhere; the first: %s: %s%n",
                        rail.flow(),
                        Wording.count(rail.failed(), "text"),
                        rail.failures().get(0).place(),
                        rail.failures().get(0).evidence()));
    }

    private static List<String> row(RailFigures rail) {
        var confusion = rail.confusion();
        return List.of(
                rail.flow(),
                "%s of %s, %s of %s"
                        .formatted(
                                Numbers.count(confusion.truePositives()),
                                Numbers.count(confusion.recall().total()),
                                Numbers.count(confusion.falsePositives()),
                                Numbers.count(confusion.falsePositiveRate().total())),
                Numbers.withInterval(confusion.recall().estimate()),
                Numbers.withInterval(confusion.falsePositiveRate().estimate()),
                Numbers.withInterval(confusion.precision().estimate()),
                Numbers.withInterval(confusion.f1()),
                Numbers.duration(rail.latency().p50()),
                Numbers.duration(rail.latency().p99()),
                Numbers.duration(rail.latency().max()));
    }

    private static void printEntities(RailFigures rail, PrintWriter out) {
        out.printf("%nEntities found by '%s':%n", rail.flow());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TYPE", "RIGHT", "WRONG", "MISSED", "PRECISION", "RECALL", "F2"));
        rail.entities().forEach((type, count) -> rows.add(row(type, count)));
        rows.add(row("all", rail.allEntities()));
        Table.print(rows, out);
    }

    private static List<String> row(String type, EntityCount count) {
        return List.of(
                type,
                Numbers.count(count.right()),
                Numbers.count(count.wrong()),
                Numbers.count(count.missed()),
                Numbers.value(count.precision().estimate()),
                Numbers.value(count.recall().estimate()),
                count.f2().map(Numbers::decimal).orElse("-"));
    }
}
