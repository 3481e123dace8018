package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One run of the scenario "start-up". */
final class StartUpRun {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final StartUpSettings settings;
    private final Path folder;
    private final Progress progress;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * How a server is started.
     *
     * @param java home of what it runs on; the launcher chooses if empty
     * @param caches folder of start-up caches
     */
    private record Way(Optional<Path> java, boolean hasCache, Path caches) {}

    /** What one start gave. */
    private record Start(
            String java, double healthMillis, double chatMillis, double processorMillis, OptionalLong residentBytes) {}

    /**
     * @param folder takes logs, caches and the configuration; exists
     * @param progress says what is being done
     */
    StartUpRun(StartUpSettings settings, Path folder, Progress progress) {
        this.settings = settings;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param launcher {@code bin/guardrails} of the distribution
     */
    StartUpReport run(String startedAt, String command, Path launcher) throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        int mockPort = ChildProcess.freePort();
        MeasuredProcesses processes = new MeasuredProcesses(folder);
        try (ChildProcess mock = processes.mock(mockPort, new LoadScenario.Mock("Hello.", 0))) {
            Path config = config(launcher, URI.create("http://127.0.0.1:" + mockPort + "/v1"));
            Map<Way, List<Start>> starts = new LinkedHashMap<>();
            for (Way way : ways(launcher)) {
                starts.put(way, new ArrayList<>());
            }
            for (int round = 1; round <= settings.starts(); round++) {
                progress.say("start %d of %d, each way".formatted(round, settings.starts()));
                for (Map.Entry<Way, List<Start>> way : starts.entrySet()) {
                    way.getValue().add(start(processes, launcher, way.getKey(), config));
                }
            }
            mock.requireAlive();
            return new StartUpReport(
                    "start-up",
                    startedAt,
                    command,
                    Machine.of(
                            starts.values().stream()
                                    .map(started -> started.get(0).java())
                                    .distinct()
                                    .collect(Collectors.joining(" and ")),
                            loadBefore),
                    settings,
                    starts.entrySet().stream()
                            .map(way -> figures(way.getKey(), way.getValue()))
                            .toList());
        }
    }

    private List<Way> ways(Path launcher) throws IOException, InterruptedException {
        Path none = Files.createDirectories(folder.resolve("no-caches"));
        Path caches = Files.createDirectories(folder.resolve("caches"));
        List<Way> ways = new ArrayList<>();
        for (Optional<Path> java : settings.eachJava()) {
            Way warmed = new Way(java, true, caches);
            progress.say("making a cache" + java.map(home -> " for " + home).orElse(""));
            warm(launcher, warmed);
            ways.add(new Way(java, false, none));
            ways.add(warmed);
        }
        return ways;
    }

    private void warm(Path launcher, Way way) throws InterruptedException {
        try (ChildProcess warming = ChildProcess.start(
                "maker of the cache",
                List.of(launcher.toString(), "warm"),
                environment(way),
                folder.resolve("warm.log"))) {
            warming.requireSuccess(PATIENCE.multipliedBy(3));
        }
    }

    private static Map<String, String> environment(Way way) {
        Map<String, String> environment = new HashMap<>();
        environment.put("GUARDRAILS_CACHE", way.caches().toString());
        way.java().ifPresent(home -> environment.put("GUARDRAILS_JAVA_HOME", home.toString()));
        return environment;
    }

    private Path config(Path launcher, URI upstream) throws IOException {
        if (settings.examples()) {
            return launcher.toAbsolutePath()
                    .resolveSibling("../examples/configs")
                    .normalize();
        }
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), """
                models:
                  - {type: main, engine: custom, model: %s, parameters: {base_url: "%s"}}
                rails:
                  input: {flows: [regex check input]}
                  config: {regex_detection: {input: {patterns: ['\\bswordfish\\b']}}}
                """.formatted(MockAnswers.MODEL, upstream));
        return config;
    }

    private Start start(MeasuredProcesses processes, Path launcher, Way way, Path config)
            throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        List<String> options =
                new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
        if (settings.examples()) {
            options.addAll(List.of("--default-config-id", "quickstart"));
        }
        long beganNanos = System.nanoTime();
        try (ChildProcess server = processes.server(launcher, port, config, options, environment(way))) {
            await(HttpRequest.newBuilder(url.resolve("/v1/health")), server);
            double health = millisSince(beganNanos);
            double processor = server.processorTime().map(Duration::toNanos).orElse(0L) / 1e6;
            await(
                    HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(
                                    "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Where is my parcel?\"}]}"
                                            .formatted(MockAnswers.MODEL))),
                    server);
            double chat = millisSince(beganNanos);
            return new Start(Machine.javaOf(server.program()), health, chat, processor, server.residentBytes());
        }
    }

    private void await(HttpRequest.Builder question, ChildProcess server) throws IOException, InterruptedException {
        HttpRequest request = question.timeout(PATIENCE).build();
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < endNanos) {
            server.requireAlive();
            try {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                if (status == 200) {
                    return;
                }
                last = "status " + status;
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new BenchmarkException("%s did not answer with 200 within %d s, but last: %s"
                .formatted(request.uri(), PATIENCE.toSeconds(), last));
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static StartUpReport.Way figures(Way way, List<Start> starts) {
        boolean tellsMemory =
                starts.stream().allMatch(start -> start.residentBytes().isPresent());
        return new StartUpReport.Way(
                starts.get(0).java(),
                way.hasCache(),
                spread(starts, Start::healthMillis),
                spread(starts, Start::chatMillis),
                spread(starts, Start::processorMillis),
                tellsMemory
                        ? Optional.of(
                                spread(starts, start -> start.residentBytes().orElseThrow() / 1e6))
                        : Optional.empty());
    }

    private static Spread spread(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Spread.of(starts.stream().mapToDouble(figure).toArray());
    }
}
