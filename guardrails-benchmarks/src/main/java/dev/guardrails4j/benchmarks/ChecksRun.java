package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** One run of the scenario "checks": what a check costs over HTTP, beside what HTTP alone costs. */
final class ChecksRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHECKS = "/v1/guardrail/checks";
    private static final String HARMLESS =
            "My order has not arrived yet, and the tracking page has shown the same place for three days."
                    + " Can you tell me whether it is lost, and what I should do to get my money back or a second parcel?";
    private static final String CAUGHT = "The word is swordfish.";

    private static final Map<String, String> CONFIGS = configs();

    private final ChecksSettings settings;
    private final Path folder;
    private final PrintWriter progress;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What one round gave for one way. */
    private record Figures(Measurement saturation, Measurement offered, double serverMicros) {}

    /**
     * @param folder takes the logs and the configurations; exists
     * @param progress says what is being done
     */
    ChecksRun(ChecksSettings settings, Path folder, PrintWriter progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    private static Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("regex", """
                rails:
                  input: {flows: [regex check input]}
                  config: {regex_detection: {input: {patterns: ['\\bswordfish\\b', '\\b[A-Z]{3}-\\d{6}\\b']}}}
                """);
        configs.put("regex and sensitive data", """
                rails:
                  input: {flows: [regex check input, detect sensitive data on input]}
                  config:
                    regex_detection: {input: {patterns: ['\\bswordfish\\b', '\\b[A-Z]{3}-\\d{6}\\b']}}
                    sensitive_data_detection: {input: {entities: [EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD, IBAN_CODE]}}
                """);
        return configs;
    }

    /**
     * Measures a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     */
    ChecksReport run(String startedAt, String command, Path launcher, Optional<Path> jdk)
            throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        int port = ChildProcess.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        try (ChildProcess server =
                new MeasuredProcesses(folder).server(launcher, jdk, port, writeConfigs(), Map.of())) {
            say("starting");
            for (String config : CONFIGS.keySet()) {
                awaitAnswer(url, body(config, CAUGHT), "\"status\":\"blocked\"", server);
                awaitAnswer(url, body(config, HARMLESS), "\"status\":\"success\"", server);
            }
            List<ChecksReport.Way> ways = measure(targets(url), server);
            server.requireAlive();
            return new ChecksReport(
                    "checks", startedAt, command, Machine.of(server.program(), loadBefore), settings, ways);
        }
    }

    private Path writeConfigs() throws IOException {
        Path root = folder.resolve("configs");
        for (Map.Entry<String, String> config : CONFIGS.entrySet()) {
            Path target = Files.createDirectories(root.resolve(id(config.getKey())));
            Files.writeString(target.resolve("config.yml"), config.getValue());
        }
        return root;
    }

    private static String id(String name) {
        return name.replace(' ', '-');
    }

    private static String body(String config, String text) {
        return "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"guardrails\":{\"config_id\":\"%s\"}}"
                .formatted(text, id(config));
    }

    private static Map<String, Target> targets(URI url) {
        Map<String, Target> targets = new LinkedHashMap<>();
        targets.put("GET /v1/health, for scale", Target.get(url, "/v1/health"));
        CONFIGS.keySet().forEach(config -> targets.put(config, Target.post(url, CHECKS, body(config, HARMLESS))));
        return targets;
    }

    private void awaitAnswer(URI url, String body, String expected, ChildProcess server) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(CHECKS))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < endNanos) {
            server.requireAlive();
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200 && response.body().contains(expected)) {
                    return;
                }
                last = "HTTP " + response.statusCode() + " " + response.body();
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(50);
        }
        throw new BenchmarkException("the server did not answer with " + expected + ", but last: " + last);
    }

    /** The ways alternate, so that all see the machine in the same state. */
    private List<ChecksReport.Way> measure(Map<String, Target> targets, ChildProcess server)
            throws IOException, InterruptedException {
        for (Map.Entry<String, Target> target : targets.entrySet()) {
            say("warming up: " + target.getKey());
            new LoadGenerator(target.getValue(), settings.connections()).saturating(settings.warmUp());
        }
        Map<String, List<Figures>> rounds = new LinkedHashMap<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            say("round " + round + " of " + settings.rounds());
            for (Map.Entry<String, Target> target : targets.entrySet()) {
                rounds.computeIfAbsent(target.getKey(), name -> new ArrayList<>())
                        .add(figures(target.getValue(), server));
            }
        }
        return rounds.entrySet().stream()
                .map(way -> way(way.getKey(), way.getValue()))
                .toList();
    }

    private Figures figures(Target target, ChildProcess server) throws IOException, InterruptedException {
        LoadGenerator load = new LoadGenerator(target, settings.connections());
        Optional<Duration> before = server.processorTime();
        Measurement saturation = load.saturating(settings.saturationDuration());
        Optional<Duration> after = server.processorTime();
        double micros = before.isPresent() && after.isPresent()
                ? after.get().minus(before.get()).toNanos()
                        / 1e3
                        / Math.max(1, saturation.latency().getTotalCount())
                : Double.NaN;
        return new Figures(saturation, load.atRate(settings.rate(), settings.rateDuration()), micros);
    }

    private static ChecksReport.Way way(String name, List<Figures> rounds) {
        return new ChecksReport.Way(
                name,
                spread(rounds, round -> round.saturation().throughput()),
                spread(rounds, round -> round.offered().millisAt(50)),
                spread(rounds, round -> round.offered().millisAt(99)),
                spread(rounds, Figures::serverMicros),
                rounds.stream()
                        .mapToLong(round ->
                                round.saturation().failures() + round.offered().failures())
                        .sum());
    }

    private static Spread spread(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private void say(String what) {
        progress.println("  " + what);
        progress.flush();
    }
}
