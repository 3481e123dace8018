package dev.guardrails4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All figures of one run of a scenario of load, as they are written to the JSON file. */
record LoadReport(
        String scenario, String startedAt, String command, Machine machine, LoadSettings settings, List<Way> ways) {

    /** What is measured first, and everything else is compared with. */
    static final String DIRECT = "straight to the model";

    static final String NGINX = "through nginx";

    /** What the server's process is called. */
    static final String SERVER = "server";

    /** One after the other. */
    record Round(PhaseFigures offered, PhaseFigures saturation) {}

    /**
     * What one way gave.
     *
     * @param name what it is called
     * @param perSecond requests a second at saturation
     * @param p50Millis at the fixed rate, from when a request was due
     * @param p99Millis the same
     * @param addedP50Millis beyond the first way's median, as is the next
     * @param ofNginx its median throughput over nginx's; empty without nginx
     * @param serverMicros the server's processor time for a request, at saturation; empty where that is not known
     */
    record Way(
            String name,
            Spread perSecond,
            Spread p50Millis,
            Spread p99Millis,
            double addedP50Millis,
            double addedP99Millis,
            Optional<Double> ofNginx,
            Optional<Double> serverMicros,
            List<Round> rounds) {

        /** Everything but answers of status 200, by what it was. */
        Map<String, Long> failures() {
            Map<String, Long> failures = new TreeMap<>();
            for (Round round : rounds) {
                for (PhaseFigures phase : List.of(round.offered, round.saturation)) {
                    phase.errors().forEach((error, count) -> failures.merge(error, count, Long::sum));
                    if (phase.unsent() > 0) {
                        failures.merge("due, but no connection was free in time", phase.unsent(), Long::sum);
                    }
                }
            }
            return failures;
        }
    }

    LoadReport {
        ways = List.copyOf(ways);
    }

    /** The figures of ways from their rounds, compared with the first. */
    static List<Way> ways(Map<String, List<Round>> measured) {
        List<Round> first = measured.values().iterator().next();
        Optional<Double> nginx = Optional.ofNullable(measured.get(NGINX))
                .map(rounds -> perSecond(rounds).median());
        Map<String, Way> ways = new LinkedHashMap<>();
        measured.forEach((name, rounds) -> {
            Spread p50 = millis(rounds, 50);
            Spread p99 = millis(rounds, 99);
            Spread perSecond = perSecond(rounds);
            boolean isServer = !name.equals(DIRECT) && !name.equals(NGINX);
            ways.put(
                    name,
                    new Way(
                            name,
                            perSecond,
                            p50,
                            p99,
                            p50.median() - millis(first, 50).median(),
                            p99.median() - millis(first, 99).median(),
                            nginx.map(most -> perSecond.median() / most),
                            isServer ? serverMicros(rounds) : Optional.empty(),
                            rounds));
        });
        return List.copyOf(ways.values());
    }

    /** Whether every request was answered as it should be. */
    boolean isWhole() {
        return ways.stream().allMatch(way -> way.failures().isEmpty());
    }

    private static Spread perSecond(List<Round> rounds) {
        return spread(rounds, round -> round.saturation.requestsPerSecond());
    }

    private static Spread millis(List<Round> rounds, double percentile) {
        return spread(rounds, round -> round.offered.latencyMillisAt(percentile));
    }

    private static Optional<Double> serverMicros(List<Round> rounds) {
        boolean isKnown = rounds.stream()
                .allMatch(round -> round.saturation.processorMicrosPerRequest().containsKey(SERVER));
        return isKnown
                ? Optional.of(spread(
                                rounds,
                                round -> round.saturation
                                        .processorMicrosPerRequest()
                                        .getOrDefault(SERVER, Double.NaN))
                        .median())
                : Optional.empty();
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
