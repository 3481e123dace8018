package dev.guardrails4j.benchmarks.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long a part takes, on one thread that does nothing else. Run by {@link EngineSpeedCommand}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {

    /** What is measured. */
    @Param
    public EnginePart part = EnginePart.REQUEST_JSON;

    private Supplier<Object> work = () -> "";

    /** Prepares what a load of a configuration prepares. */
    @Setup
    public void prepare() {
        work = part.prepare();
    }

    /** Does it once. */
    @Benchmark
    public Object run() {
        return work.get();
    }
}
