package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Warms up and measures, straight to the mock and through the server in turn, so that both see the machine in the same
 * state.
 */
final class PassthroughRounds {

    private final PassthroughSettings settings;
    private final LoadGenerator direct;
    private final LoadGenerator guarded;
    private final Map<String, Supplier<Optional<Duration>>> processorTimes;
    private final PrintWriter progress;

    /** @param processorTimes of the processes that are measured, by what they are called */
    PassthroughRounds(
            PassthroughSettings settings,
            Target direct,
            Target guarded,
            Map<String, Supplier<Optional<Duration>>> processorTimes,
            PrintWriter progress) {
        this.settings = settings;
        this.direct = new LoadGenerator(direct, settings.connections());
        this.guarded = new LoadGenerator(guarded, settings.connections());
        this.processorTimes = Map.copyOf(processorTimes);
        this.progress = progress;
    }

    List<PassthroughReport.Round> run() throws IOException, InterruptedException {
        say("warming up");
        direct.saturating(settings.warmUp().dividedBy(4));
        guarded.saturating(settings.warmUp());
        List<PassthroughReport.Round> rounds = new ArrayList<>();
        for (int number = 1; number <= settings.rounds(); number++) {
            say("round " + number + " of " + settings.rounds() + ": fixed rate");
            PhaseFigures directOffered = figures(() -> direct.atRate(settings.rate(), settings.rateDuration()));
            PhaseFigures guardedOffered = figures(() -> guarded.atRate(settings.rate(), settings.rateDuration()));
            say("round " + number + " of " + settings.rounds() + ": saturation");
            PhaseFigures directSaturation = figures(() -> direct.saturating(settings.saturationDuration()));
            PhaseFigures guardedSaturation = figures(() -> guarded.saturating(settings.saturationDuration()));
            rounds.add(new PassthroughReport.Round(directOffered, guardedOffered, directSaturation, guardedSaturation));
        }
        return rounds;
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

    private void say(String what) {
        progress.println("  " + what);
        progress.flush();
    }
}
