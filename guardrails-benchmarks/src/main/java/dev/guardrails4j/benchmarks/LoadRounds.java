package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Warms up and measures, all ways in turn, so that they see the machine in the same state. */
final class LoadRounds {

    private final LoadSettings settings;
    private final Map<String, LoadGenerator> ways = new LinkedHashMap<>();
    private final Map<String, Supplier<Optional<Duration>>> processorTimes;
    private final Progress progress;

    /**
     * @param targets by what tables call them, in the order in which they are measured
     * @param processorTimes of the processes that take part, by what they are called
     */
    LoadRounds(
            LoadSettings settings,
            Map<String, Target> targets,
            Map<String, Supplier<Optional<Duration>>> processorTimes,
            Progress progress) {
        this.settings = settings;
        targets.forEach((name, target) -> ways.put(name, new LoadGenerator(target, settings.connections())));
        this.processorTimes = processorTimes;
        this.progress = progress;
    }

    List<LoadReport.Way> run() throws IOException, InterruptedException {
        Map<String, List<LoadReport.Round>> rounds = new LinkedHashMap<>();
        for (Map.Entry<String, LoadGenerator> way : ways.entrySet()) {
            progress.say("warming up: " + way.getKey());
            way.getValue().saturating(settings.warmUp());
        }
        for (int number = 1; number <= settings.rounds(); number++) {
            progress.say("round " + number + " of " + settings.rounds());
            for (Map.Entry<String, LoadGenerator> way : ways.entrySet()) {
                LoadGenerator load = way.getValue();
                PhaseFigures offered = figures(() -> load.atRate(settings.rate(), settings.rateDuration()));
                PhaseFigures saturation = figures(() -> load.saturating(settings.saturationDuration()));
                rounds.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                        .add(new LoadReport.Round(offered, saturation));
            }
        }
        return LoadReport.ways(rounds);
    }

    private interface Phase {
        Measurement measure() throws IOException, InterruptedException;
    }

    private PhaseFigures figures(Phase phase) throws IOException, InterruptedException {
        Map<String, Duration> before = processorTimes();
        Measurement measured = phase.measure();
        Map<String, Duration> after = processorTimes();
        double requests = Math.max(1, measured.latency().getTotalCount() + measured.failures());
        Map<String, Double> micros = new LinkedHashMap<>();
        before.forEach((process, used) -> {
            if (after.containsKey(process)) {
                micros.put(process, after.get(process).minus(used).toNanos() / 1e3 / requests);
            }
        });
        return PhaseFigures.of(measured, micros);
    }

    private Map<String, Duration> processorTimes() {
        Map<String, Duration> times = new LinkedHashMap<>();
        processorTimes.forEach((process, used) -> used.get().ifPresent(time -> times.put(process, time)));
        return times;
    }
}
