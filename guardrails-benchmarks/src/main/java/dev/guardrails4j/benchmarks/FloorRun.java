package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the scenario "floor", from the start of its processes to their end, however it ends. */
final class FloorRun {

    private static final String SLOW = "slow";
    private static final String WARM = "warm";
    private static final int WARMING_CONNECTIONS = 1_000;

    private final FloorSettings settings;
    private final ScenarioOptions.Occasion occasion;
    private final Progress progress;

    private record Models(URI main, URI judge) {}

    /** @param progress says what is being done */
    FloorRun(FloorSettings settings, ScenarioOptions.Occasion occasion, Progress progress) {
        this.settings = settings;
        this.occasion = occasion;
        this.progress = progress;
    }

    /**
     * Measures a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     */
    FloorReport run(Path launcher, Optional<Path> jdk) throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        MeasuredProcesses processes = new MeasuredProcesses(occasion.folder());
        URI server = ChildProcess.freeAddress();
        Models slow = new Models(ChildProcess.freeAddress(), ChildProcess.freeAddress());
        Models quick = new Models(ChildProcess.freeAddress(), ChildProcess.freeAddress());
        try (ChildProcess model = mock(processes, slow.main(), MockCommand.ANSWER, settings.modelMillis());
                ChildProcess judge = mock(processes, slow.judge(), SafetyJudgement.SAFE, settings.railMillis());
                ChildProcess quickModel = mock(processes, quick.main(), MockCommand.ANSWER, 0);
                ChildProcess quickJudge = mock(processes, quick.judge(), SafetyJudgement.SAFE, 0);
                ChildProcess measured = processes.server(
                        launcher,
                        jdk,
                        server.getPort(),
                        writeConfigs(Map.of(SLOW, slow, WARM, quick)),
                        List.of("--threads", "none"))) {
            List<ChildProcess> all = List.of(model, judge, quickModel, quickJudge, measured);
            progress.say("starting");
            Target warm = chat(server, WARM);
            new Probe().awaitAnswer(warm, MockCommand.ANSWER, () -> all.forEach(ChildProcess::requireAlive));
            progress.say("warming up");
            new LoadGenerator(warm, 64).saturating(settings.warmUp());
            warmUp(slow);
            List<FloorReport.Level> levels = new ArrayList<>();
            for (int level : settings.levels()) {
                progress.say(level + " at once");
                levels.add(measure(level, chat(server, SLOW), slow));
            }
            all.forEach(ChildProcess::requireAlive);
            Machine machine = Machine.of(measured.program(), loadBefore);
            return new FloorReport(
                    "floor", occasion.startedAt().toString(), occasion.command(), machine, settings, levels);
        }
    }

    private static ChildProcess mock(MeasuredProcesses processes, URI at, String answer, int latencyMillis) {
        return processes.mock(at.getPort(), new LoadScenario.Mock(answer, latencyMillis));
    }

    /** Models that have hardly been asked anything are late by milliseconds, and each is asked for itself. */
    private void warmUp(Models models) throws IOException, InterruptedException {
        for (URI model : List.of(models.main(), models.judge())) {
            new LoadGenerator(
                            Target.chatCompletions(model.resolve("/v1")),
                            WARMING_CONNECTIONS,
                            settings.floor().multipliedBy(2))
                    .saturating(settings.warmUp());
        }
    }

    private FloorReport.Level measure(int level, Target target, Models models)
            throws IOException, InterruptedException {
        double perSecond = level / (settings.floor().toMillis() / 1e3);
        double late = lateMillis(models.main(), perSecond, settings.modelMillis())
                + 2 * lateMillis(models.judge(), perSecond, settings.railMillis());
        Measurement measured = atRate(target, perSecond, settings.floor(), settings.duration());
        return new FloorReport.Level(
                level,
                measured.latency().getTotalCount(),
                late,
                new FloorReport.OverFloor(measured.millisAt(50), measured.millisAt(90), measured.millisAt(99)),
                measured.failures());
    }

    private double lateMillis(URI model, double perSecond, int latencyMillis) throws IOException, InterruptedException {
        Target target = Target.chatCompletions(model.resolve("/v1"));
        Duration latency = Duration.ofMillis(latencyMillis);
        return atRate(target, perSecond, latency, settings.duration().dividedBy(4))
                .millisAt(50);
    }

    /** With connections enough that none has to be waited for, even if half as much again runs at once. */
    private Measurement atRate(Target target, double perSecond, Duration floor, Duration duration)
            throws IOException, InterruptedException {
        int connections = 4 + (int) Math.ceil(perSecond * settings.floor().toMillis() / 1e3 * 1.5);
        return new LoadGenerator(target, connections, settings.floor().multipliedBy(2), floor)
                .atRate(perSecond, duration);
    }

    private Path writeConfigs(Map<String, Models> configs) throws IOException {
        Path root = occasion.folder().resolve("configs");
        for (Map.Entry<String, Models> config : configs.entrySet()) {
            Files.writeString(
                    Files.createDirectories(root.resolve(config.getKey())).resolve("config.yml"), """
                    models:
                      - {type: main, engine: openai, model: %1$s, parameters: {base_url: "%2$s/v1"}}
                      - {type: content_safety, engine: openai, model: %1$s, parameters: {base_url: "%3$s/v1"}}
                      - {type: second_opinion, engine: openai, model: %1$s, parameters: {base_url: "%3$s/v1"}}
                    rails:
                      input:
                        parallel: true
                        flows:
                          - content safety check input $model=content_safety
                          - content safety check input $model=second_opinion
                      output: {flows: [content safety check output $model=content_safety]}
                    %4$s%5$s""".formatted(
                                    MockAnswers.MODEL,
                                    config.getValue().main(),
                                    config.getValue().judge(),
                                    SafetyJudgement.prompts("content_safety"),
                                    SafetyJudgement.prompts("second_opinion").replaceFirst("prompts:\n", "")));
        }
        return root;
    }

    private static Target chat(URI server, String configId) {
        return Target.chatCompletions(server.resolve("/v1"), configId);
    }
}
