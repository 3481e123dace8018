package dev.guardrails4j.benchmarks.engine;

import dev.guardrails4j.benchmarks.JmhRun;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures with JMH how long the parts of a request's path take. */
@Command(
        name = "engine-speed",
        description = "Measures with JMH what each part of a request's path takes and allocates: JSON, the window of"
                + " streamed output rails, templates and parsers; on one thread, in a JVM of its own.")
public final class EngineSpeedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "How long each is measured, after three times as long to warm up; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Measures only this one; may be repeated. ${COMPLETION-CANDIDATES}.")
    private List<EnginePart> parts = new ArrayList<>();

    @Override
    public Integer call() throws RunnerException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-16s %12s %16s%n", "", "average, us", "bytes allocated");
        for (EnginePart part : parts.isEmpty() ? Arrays.asList(EnginePart.values()) : parts) {
            RunResult result =
                    new JmhRun(EngineBenchmark.class, Map.of("part", part.name()), seconds).measure(GCProfiler.class);
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            out.printf(
                    Locale.ROOT,
                    "%-16s %12.3f %16s%n",
                    part,
                    result.getPrimaryResult().getScore() / 1e3,
                    allocated == null ? "-" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()));
            out.flush();
        }
        return 0;
    }
}
