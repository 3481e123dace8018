package dev.guardrails4j.benchmarks;

import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark of JMH's, with one value of each parameter, in a JVM of its own.
 *
 * @param benchmark has one method to be measured
 * @param parameters by their names
 * @param seconds how long it is measured, after three times as long to warm up
 */
public record JmhRun(Class<?> benchmark, Map<String, String> parameters, int seconds) {

    /** Compilers need more time than what they compile. */
    private static final int WARM_UPS = 3;

    public JmhRun {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Measures it.
     *
     * @throws RunnerException if it fails
     */
    @SafeVarargs
    public final RunResult measure(Class<? extends Profiler>... profilers) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName())
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(seconds))
                .forks(1)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        for (Class<? extends Profiler> profiler : profilers) {
            options.addProfiler(profiler);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.isEmpty()) {
            throw new RunnerException("the benchmark failed: " + parameters);
        }
        return results.iterator().next();
    }
}
