package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** How long rails take for a text, one after the other, on one thread that does nothing else. Run by {@link SpeedCommand}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DetectorBenchmark {

    /** Names of {@link DetectorRail}, with commas between. */
    @Param({"LENGTH"})
    public String rails = "";

    @Param({"PROSE"})
    public SpeedText text = SpeedText.PROSE;

    /** Characters of the text. */
    @Param({"1024"})
    public int length;

    private final List<RailCheck> checks = new ArrayList<>();
    private final List<RailContext> contexts = new ArrayList<>();

    /** Configures the rails. */
    @Setup
    public void configure() {
        String checked = text.of(length);
        for (String name : rails.split(",", -1)) {
            DetectorRail rail = DetectorRail.valueOf(name);
            checks.add(rail.configure());
            contexts.add(rail.context(checked));
        }
    }

    /** Checks the text. */
    @Benchmark
    public void check(Blackhole verdicts) throws Exception {
        for (int i = 0; i < checks.size(); i++) {
            verdicts.consume(checks.get(i).check(contexts.get(i)));
        }
    }
}
