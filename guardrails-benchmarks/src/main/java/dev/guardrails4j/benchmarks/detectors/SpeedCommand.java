package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.benchmarks.JmhRun;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures with JMH how long the rails that need no model take for a text. */
@Command(
        name = "detector-speed",
        description = "Measures with JMH how long each rail without a model takes for 1 kB, 16 kB and 1 MB of text,"
                + " on one thread, in a JVM of its own. Takes some 10 minutes.")
public final class SpeedCommand implements Callable<Integer> {

    private static final List<Integer> LENGTHS = List.of(1_024, 16_384, 1_048_576);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "How long each is measured, after three times as long to warm up; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--text", defaultValue = "PROSE", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private SpeedText text = SpeedText.PROSE;

    @Option(
            names = "--rail",
            paramLabel = "RAIL",
            description = "Measures only this one; may be repeated. ${COMPLETION-CANDIDATES}.")
    private List<DetectorRail> rails = new ArrayList<>();

    @Option(names = "--together", description = "Measures all of them one after the other only, not each alone.")
    private boolean isTogetherOnly;

    @Override
    public Integer call() throws RunnerException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-24s %12s %12s %12s %14s%n", "median, us", "1 kB", "16 kB", "1 MB", "1 MB / 1 kB");
        List<DetectorRail> wanted = rails.isEmpty() ? Arrays.asList(DetectorRail.values()) : rails;
        for (DetectorRail rail : isTogetherOnly ? List.<DetectorRail>of() : wanted) {
            line(out, rail.toString(), List.of(rail));
        }
        if (rails.isEmpty() || isTogetherOnly) {
            line(
                    out,
                    "all together",
                    wanted.stream()
                            .filter(rail -> rail != DetectorRail.SENSITIVE_DATA_USUAL)
                            .toList());
        }
        return 0;
    }

    private void line(PrintWriter out, String name, List<DetectorRail> together) throws RunnerException {
        List<Double> medians = new ArrayList<>();
        for (int length : LENGTHS) {
            medians.add(median(together, length));
        }
        out.printf(
                Locale.ROOT,
                "%-24s %12.1f %12.1f %12.1f %14.0f%n",
                name,
                medians.get(0),
                medians.get(1),
                medians.get(2),
                medians.get(2) / medians.get(0));
        out.flush();
    }

    private double median(List<DetectorRail> together, int length) throws RunnerException {
        Map<String, String> parameters = Map.of(
                "rails", together.stream().map(Enum::name).collect(Collectors.joining(",")),
                "text", text.name(),
                "length", Integer.toString(length));
        return new JmhRun(DetectorBenchmark.class, parameters, seconds)
                        .measure()
                        .getPrimaryResult()
                        .getStatistics()
                        .getPercentile(50)
                / 1e3;
    }
}
