package dev.guardrails4j.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All figures of one run of the pass-through scenario, as they are written to the JSON file. */
record PassthroughReport(
        String scenario,
        String startedAt,
        String command,
        Machine machine,
        PassthroughSettings settings,
        List<Latency> offered,
        Saturation saturation,
        List<Round> rounds) {

    private static final List<Double> COMPARED = List.of(50.0, 90.0, 99.0);

    /** Straight to the mock and through the server, at the fixed rate and at saturation, one after the other. */
    record Round(
            PhaseFigures directOffered,
            PhaseFigures guardedOffered,
            PhaseFigures directSaturation,
            PhaseFigures guardedSaturation) {

        Collection<PhaseFigures> phases() {
            return List.of(directOffered, guardedOffered, directSaturation, guardedSaturation);
        }
    }

    /** One percentile at the fixed rate; {@code addedMillis} is the difference of the medians. */
    record Latency(String percentile, Spread directMillis, Spread guardedMillis, double addedMillis) {}

    /** Requests a second; {@code ratio} is that of the medians. */
    record Saturation(
            Spread direct, Spread guarded, double ratio, Map<String, Double> guardedProcessorMicrosPerRequest) {}

    PassthroughReport {
        offered = List.copyOf(offered);
        rounds = List.copyOf(rounds);
    }

    static PassthroughReport of(
            String startedAt, String command, Machine machine, PassthroughSettings settings, List<Round> rounds) {
        return new PassthroughReport(
                "passthrough",
                startedAt,
                command,
                machine,
                settings,
                COMPARED.stream().map(percentile -> latency(rounds, percentile)).toList(),
                saturation(rounds),
                rounds);
    }

    /** Errors and requests never sent, of all phases that the getter gives. */
    long failures(Function<Round, PhaseFigures> phase) {
        return rounds.stream().map(phase).mapToLong(PhaseFigures::failures).sum();
    }

    /** Of all phases, by what they were. */
    Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>();
        rounds.stream().map(Round::phases).flatMap(Collection::stream).forEach(phase -> {
            phase.errors().forEach((error, count) -> failures.merge(error, count, Long::sum));
            if (phase.unsent() > 0) {
                failures.merge("due, but no connection was free in time", phase.unsent(), Long::sum);
            }
        });
        return failures;
    }

    private static Latency latency(List<Round> rounds, double percentile) {
        Spread direct = spread(rounds, round -> round.directOffered.latencyMillisAt(percentile));
        Spread guarded = spread(rounds, round -> round.guardedOffered.latencyMillisAt(percentile));
        return new Latency(PhaseFigures.nameOf(percentile), direct, guarded, guarded.median() - direct.median());
    }

    private static Saturation saturation(List<Round> rounds) {
        Spread direct = spread(rounds, round -> round.directSaturation.requestsPerSecond());
        Spread guarded = spread(rounds, round -> round.guardedSaturation.requestsPerSecond());
        return new Saturation(direct, guarded, guarded.median() / direct.median(), processorTimes(rounds));
    }

    private static Map<String, Double> processorTimes(List<Round> rounds) {
        Map<String, List<Double>> byProcess = rounds.stream()
                .flatMap(round -> round.guardedSaturation.processorMicrosPerRequest().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<String, Double> medians = new TreeMap<>();
        byProcess.forEach((process, micros) -> medians.put(process, median(micros.stream())));
        return medians;
    }

    private static double median(Stream<Double> values) {
        return Spread.of(values.mapToDouble(Double::doubleValue).toArray()).median();
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
