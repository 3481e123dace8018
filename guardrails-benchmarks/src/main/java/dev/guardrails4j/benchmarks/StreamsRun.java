package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** One run of the scenario "streams", from the start of its processes to their end, however it ends. */
final class StreamsRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIG = "pass";

    private final StreamsSettings settings;
    private final ScenarioOptions.Occasion occasion;
    private final Progress progress;

    /** @param progress says what is being done */
    StreamsRun(StreamsSettings settings, ScenarioOptions.Occasion occasion, Progress progress) {
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
    StreamsReport run(Path launcher, Optional<Path> jdk) throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        MeasuredProcesses processes = new MeasuredProcesses(occasion.folder());
        URI model = ChildProcess.freeAddress();
        URI server = ChildProcess.freeAddress();
        List<StreamsReport.Way> ways = new ArrayList<>();
        try (ChildProcess mock = processes.mockOfStreams(model.getPort(), settings.gap());
                ChildProcess measured = processes.server(
                        launcher,
                        jdk,
                        server.getPort(),
                        writeConfig(model),
                        List.of("--default-config-id", CONFIG, "--threads", "none"))) {
            Target guarded = streams(server);
            new Probe().awaitStream(guarded, () -> {
                mock.requireAlive();
                measured.requireAlive();
            });
            new Probe().awaitStream(streams(model), mock::requireAlive);
            ways.add(measure(LoadReport.DIRECT, streams(model), Optional.empty()));
            Optional<Path> nginx = Nginx.program();
            if (nginx.isPresent()) {
                URI proxy = ChildProcess.freeAddress();
                try (ChildProcess started = Nginx.start(nginx.get(), occasion.folder(), proxy.getPort(), model)) {
                    new Probe().awaitStream(streams(proxy), started::requireAlive);
                    ways.add(measure(LoadReport.NGINX, streams(proxy), Optional.empty()));
                }
            }
            ways.add(measure("through the server", guarded, Optional.of(measured)));
            measured.requireAlive();
            Machine machine = Machine.of(measured.program(), loadBefore);
            return new StreamsReport(
                    "streams", occasion.startedAt().toString(), occasion.command(), machine, settings, ways);
        }
    }

    private StreamsReport.Way measure(String name, Target target, Optional<ChildProcess> server)
            throws IOException, InterruptedException {
        progress.say(name + ": opening");
        try (StreamReaders readers = new StreamReaders(target)) {
            readers.open(settings.streams(), settings.openPerSecond(), PATIENCE);
            // What waited while streams were opened is not of what is measured.
            readers.read(Duration.ofSeconds(2));
            progress.say(name + ": reading");
            Optional<Duration> before = server.flatMap(ChildProcess::processorTime);
            Histogram delays = readers.read(settings.duration());
            Optional<Duration> after = server.flatMap(ChildProcess::processorTime);
            OptionalLong heap = server.isPresent() ? server.get().liveHeapBytes() : OptionalLong.empty();
            long words = Math.max(1, delays.getTotalCount());
            return new StreamsReport.Way(
                    name,
                    delays.getTotalCount() / settings.seconds(),
                    delays.getValueAtPercentile(50) / 1e6,
                    delays.getValueAtPercentile(99) / 1e6,
                    delays.getMaxValue() / 1e6,
                    delays.getTotalCount() - delays.getCountBetweenValues(0, StreamsSettings.STALL.toNanos()),
                    before.flatMap(from -> after.map(to -> to.minus(from).toNanos() / 1e3 / words)),
                    heap.isPresent() ? Optional.of(heap.getAsLong()) : Optional.empty(),
                    readers.errors());
        }
    }

    private Path writeConfig(URI model) throws IOException {
        Path root = occasion.folder().resolve("configs");
        Files.writeString(Files.createDirectories(root.resolve(CONFIG)).resolve("config.yml"), """
                models: [{type: main, engine: openai, parameters: {base_url: "%s/v1"}}]
                """.formatted(model));
        return root;
    }

    private static Target streams(URI address) {
        ObjectNode body = Target.body().put("stream", true);
        return Target.post(address.resolve("/v1"), "/chat/completions", body.toString());
    }
}
