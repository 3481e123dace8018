package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of the scenario "soak", from the start of its processes to their end, however it ends. */
final class SoakRun {

    /** Requests of one kind are sent for so long before those of the next. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    private static final int TURNS_OF_A_THREAD = 8;
    private static final String DETECTORS = "detectors";
    private static final String JUDGED = "judged";
    private static final String TEXT = "Is parcel " + Target.NUMBER + " of mail" + Target.NUMBER + "@example.com lost?";

    private final SoakSettings settings;
    private final ScenarioOptions.Occasion occasion;
    private final Progress progress;
    private long answered;

    /** @param progress says what is being done */
    SoakRun(SoakSettings settings, ScenarioOptions.Occasion occasion, Progress progress) {
        this.settings = settings;
        this.occasion = occasion;
        this.progress = progress;
    }

    /**
     * Loads a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     */
    SoakReport run(Path launcher, Optional<Path> jdk) throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        MeasuredProcesses processes = new MeasuredProcesses(occasion.folder());
        URI model = ChildProcess.freeAddress();
        URI judge = ChildProcess.freeAddress();
        URI server = ChildProcess.freeAddress();
        try (ChildProcess modelProcess = processes.mock(model.getPort(), new LoadScenario.Mock(MockCommand.ANSWER, 0));
                ChildProcess judgeProcess =
                        processes.mock(judge.getPort(), new LoadScenario.Mock(SafetyJudgement.SAFE, 0));
                ChildProcess measured = processes.server(
                        launcher,
                        jdk,
                        server.getPort(),
                        writeConfigs(model, judge),
                        List.of("--data", occasion.folder().resolve("data").toString()))) {
            List<LoadGenerator> kinds = new ArrayList<>();
            for (Map.Entry<Target, String> kind : kinds(server).entrySet()) {
                new Probe().awaitAnswer(kind.getKey(), kind.getValue(), () -> {
                    modelProcess.requireAlive();
                    judgeProcess.requireAlive();
                    measured.requireAlive();
                });
                kinds.add(new LoadGenerator(kind.getKey(), settings.connections()));
            }
            List<SoakReport.Round> rounds = new ArrayList<>();
            while (rounds.size() < settings.rounds()) {
                rounds.add(round(kinds, measured));
                progress.say(String.format(Locale.ROOT, "%,d requests", answered));
            }
            Machine machine = Machine.of(measured.program(), loadBefore);
            return new SoakReport(
                    "soak", occasion.startedAt().toString(), occasion.command(), machine, settings, rounds);
        }
    }

    private SoakReport.Round round(List<LoadGenerator> kinds, ChildProcess server)
            throws IOException, InterruptedException {
        Map<String, Long> errors = new TreeMap<>();
        long before = answered;
        long startNanos = System.nanoTime();
        long measuredNanos = 0;
        while (answered - before < settings.requestsOfRound()
                || System.nanoTime() - startNanos < settings.durationOfRound().toNanos()) {
            for (LoadGenerator kind : kinds) {
                Measurement measured = kind.saturating(SLICE);
                answered += measured.latency().getTotalCount();
                measuredNanos += SLICE.toNanos();
                measured.errors().forEach((error, count) -> errors.merge(error, count, Long::sum));
            }
            server.requireAlive();
        }
        long heap = server.liveHeapBytes()
                .orElseThrow(() -> new BenchmarkException(
                        "the server's heap cannot be measured: its Java has no jcmd; name a JDK by --server-jdk"));
        return new SoakReport.Round(answered, (answered - before) * 1e9 / measuredNanos, heap, errors);
    }

    /** What is sent, with what every right answer has in it. */
    private static Map<Target, String> kinds(URI server) {
        Map<Target, String> kinds = new LinkedHashMap<>();
        kinds.put(chat(server, DETECTORS, ""), MockCommand.ANSWER);
        kinds.put(chat(server, JUDGED, ""), MockCommand.ANSWER);
        kinds.put(chat(server, DETECTORS, "thread-" + Target.NUMBER).repeating(TURNS_OF_A_THREAD), MockCommand.ANSWER);
        kinds.put(Target.post(server, "/v1/guardrail/checks", body(DETECTORS).toString()), "\"status\":");
        return kinds;
    }

    private static Target chat(URI server, String configId, String threadId) {
        ObjectNode body = body(configId);
        if (!threadId.isEmpty()) {
            body.withObject("/guardrails").put("thread_id", threadId);
        }
        return Target.post(server, "/v1/chat/completions", body.toString());
    }

    private static ObjectNode body(String configId) {
        ObjectNode body = Target.body().put("model", "model-" + Target.NUMBER).put("user", "user-" + Target.NUMBER);
        body.putArray("messages").addObject().put("role", "user").put("content", TEXT);
        body.putObject("guardrails").put("config_id", configId);
        return body;
    }

    private Path writeConfigs(URI model, URI judge) throws IOException {
        Path root = occasion.folder().resolve("configs");
        write(root, DETECTORS, """
                models: [{type: main, engine: openai, parameters: {base_url: "%s/v1"}}]
                rails:
                  input: {flows: [regex check input, mask sensitive data on input]}
                  output: {flows: [detect sensitive data on output]}
                  config:
                    regex_detection: {input: {patterns: ['\\bswordfish\\b']}}
                    sensitive_data_detection: {input: {entities: [EMAIL_ADDRESS]}, output: {entities: [CREDIT_CARD]}}
                """.formatted(model));
        // The cache holds a thousandth of what it is asked for.
        write(root, JUDGED, """
                models:
                  - {type: main, engine: openai, parameters: {base_url: "%1$s/v1"}}
                  - type: content_safety
                    engine: openai
                    model: judge
                    parameters: {base_url: "%2$s/v1"}
                    cache: {enabled: true, maxsize: 1000}
                rails:
                  input: {flows: [content safety check input $model=content_safety]}
                  output: {flows: [content safety check output $model=content_safety]}
                %3$s""".formatted(model, judge, SafetyJudgement.prompts("content_safety")));
        return root;
    }

    private static void write(Path root, String id, String config) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve(id)).resolve("config.yml"), config);
    }
}
