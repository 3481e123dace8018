package dev.guardrails4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the scenario "first token": how long an answer's first words take, straight and through output rails. */
final class FirstTokenRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DIRECT = "straight from the model";
    private static final String UNCHECKED = "unchecked";
    private static final String SHOWN_FIRST = "shown-first";
    private static final String CHECKED_FIRST = "checked-first";

    private final FirstTokenSettings settings;
    private final Path folder;
    private final Progress progress;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Ask(String name, HttpRequest request) {}

    /**
     * @param folder takes the logs and the configurations; exists
     * @param progress says what is being done
     */
    FirstTokenRun(FirstTokenSettings settings, Path folder, Progress progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Measures a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     */
    FirstTokenReport run(String startedAt, String command, Path launcher, Optional<Path> jdk)
            throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        int port = ChildProcess.freePort();
        try (StreamingMock mock = StreamingMock.start(0, settings.tokens(), settings.gap());
                ChildProcess server = new MeasuredProcesses(folder)
                        .server(launcher, jdk, port, writeConfigs(mock.baseUrl()), List.of())) {
            List<Ask> asks = asks(mock.baseUrl(), URI.create("http://127.0.0.1:" + port + "/v1"));
            awaitAnswers(asks, server);
            List<FirstTokenReport.Way> ways = measure(asks);
            server.requireAlive();
            Machine machine = Machine.of(server.program(), loadBefore);
            return new FirstTokenReport("first-token", startedAt, command, machine, settings, ways);
        }
    }

    private Path writeConfigs(URI upstream) throws IOException {
        Path root = folder.resolve("configs");
        String models = """
                models:
                  - {type: main, engine: custom, model: %s, parameters: {base_url: "%s"}}
                """.formatted(MockAnswers.MODEL, upstream);
        write(root, UNCHECKED, models);
        write(root, SHOWN_FIRST, models + rails(true));
        write(root, CHECKED_FIRST, models + rails(false));
        return root;
    }

    private String rails(boolean isShownFirst) {
        return """
                rails:
                  config: {regex_detection: {output: {patterns: ['\\bswordfish\\b']}}}
                  output:
                    flows: [regex check output]
                    streaming: {enabled: true, chunk_size: %d, context_size: %d, stream_first: %b}
                """.formatted(settings.chunkSize(), settings.chunkSize() / 4, isShownFirst);
    }

    private static void write(Path root, String name, String config) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve(name)).resolve("config.yml"), config);
    }

    private List<Ask> asks(URI direct, URI server) {
        return List.of(
                new Ask(DIRECT, request(direct, "")),
                new Ask("through the server, no output rails", request(server, UNCHECKED)),
                new Ask("output rails, stream_first: true", request(server, SHOWN_FIRST)),
                new Ask("output rails, chunk_size: " + settings.chunkSize(), request(server, CHECKED_FIRST)));
    }

    private static HttpRequest request(URI baseUrl, String config) {
        String guardrails = config.isEmpty() ? "" : ", \"guardrails\": {\"config_id\": \"" + config + "\"}";
        return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\": \"" + MockAnswers.MODEL
                        + "\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Where is my parcel?\"}]"
                        + guardrails + "}"))
                .build();
    }

    private void awaitAnswers(List<Ask> asks, ChildProcess server) throws InterruptedException {
        progress.say("starting");
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        for (Ask ask : asks) {
            boolean hasAnswered = false;
            while (!hasAnswered) {
                server.requireAlive();
                try {
                    firstWordsNanos(ask);
                    hasAnswered = true;
                } catch (IOException | BenchmarkException e) {
                    if (System.nanoTime() > endNanos) {
                        throw new BenchmarkException(ask.name() + ": no answer, but " + e.getMessage(), e);
                    }
                    Thread.sleep(50);
                }
            }
        }
    }

    /** The ways alternate, so that all see the machine in the same state; the first round only warms up. */
    private List<FirstTokenReport.Way> measure(List<Ask> asks) throws IOException, InterruptedException {
        Map<String, List<double[]>> millis = new LinkedHashMap<>();
        for (int round = 0; round <= settings.rounds(); round++) {
            progress.say(round == 0 ? "warming up" : "round " + round + " of " + settings.rounds());
            for (Ask ask : asks) {
                double[] measured = new double[settings.requests()];
                for (int i = 0; i < measured.length; i++) {
                    measured[i] = firstWordsNanos(ask) / 1e6;
                }
                Arrays.sort(measured);
                if (round > 0) {
                    millis.computeIfAbsent(ask.name(), name -> new ArrayList<>())
                            .add(measured);
                }
            }
        }
        return millis.entrySet().stream()
                .map(way -> new FirstTokenReport.Way(
                        way.getKey(), percentile(way.getValue(), 0.50), percentile(way.getValue(), 0.99)))
                .toList();
    }

    private static Spread percentile(List<double[]> sorted, double share) {
        return Spread.of(sorted.stream()
                .mapToDouble(values -> values[(int) Math.min(values.length - 1L, Math.round(share * values.length))])
                .toArray());
    }

    private long firstWordsNanos(Ask ask) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        var response = client.send(ask.request(), BodyHandlers.ofInputStream());
        long firstNanos = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (firstNanos == 0 && line.contains("\"content\":\"word0")) {
                    firstNanos = System.nanoTime();
                }
                last = line.isEmpty() ? last : line;
            }
            requireWhole(ask, response, firstNanos, last);
        }
        return firstNanos - startNanos;
    }

    private static void requireWhole(Ask ask, HttpResponse<?> response, long firstNanos, String last) {
        if (response.statusCode() != 200 || firstNanos == 0 || !last.equals("data: [DONE]")) {
            throw new BenchmarkException(ask.name() + " gave no whole stream, but HTTP " + response.statusCode()
                    + " that ends with " + last);
        }
    }
}
