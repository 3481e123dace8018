package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of a scenario of load, from the start of its processes to their end, however it ends. */
final class LoadRun {

    private final LoadScenario scenario;
    private final LoadSettings settings;
    private final ScenarioOptions.Occasion occasion;
    private final MeasuredProcesses processes;
    private final Progress progress;

    /** @param progress says what is being done */
    LoadRun(LoadScenario scenario, LoadSettings settings, ScenarioOptions.Occasion occasion, Progress progress) {
        this.scenario = scenario;
        this.settings = settings;
        this.occasion = occasion;
        this.processes = new MeasuredProcesses(occasion.folder());
        this.progress = progress;
    }

    /**
     * Measures a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     * @param mockPort of the first mock; 0 for any
     */
    LoadReport throughDistribution(Path launcher, Optional<Path> jdk, int mockPort)
            throws IOException, InterruptedException {
        try (Others others = new Others(ChildProcess.freeAddress(), mockPort);
                ChildProcess server = processes.server(
                        launcher,
                        jdk,
                        others.addresses.server().getPort(),
                        writeConfigs(others.addresses),
                        scenario.serverOptions())) {
            return measure(others, Optional.of(server));
        }
    }

    /**
     * Measures whatever answers at an address such as {@code http://127.0.0.1:8000}, and calls the mock for its answers.
     *
     * @param mockPort of the first mock; 0 for any
     */
    LoadReport through(URI guarded, int mockPort) throws IOException, InterruptedException {
        try (Others others = new Others(guarded, mockPort)) {
            return measure(others, Optional.empty());
        }
    }

    private LoadReport measure(Others others, Optional<ChildProcess> server) throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        Addresses addresses = others.addresses;
        Probe probe = new Probe();
        Map<String, Target> targets = new LinkedHashMap<>();
        for (LoadScenario.Way way : ways(addresses)) {
            Target target = way.target().apply(addresses);
            probe.awaitAnswer(target, way.expected(), () -> {
                others.requireAlive();
                server.ifPresent(ChildProcess::requireAlive);
            });
            targets.put(way.name(), target);
        }
        List<LoadReport.Way> measured =
                new LoadRounds(settings, targets, processorTimes(others, server), progress).run();
        server.ifPresent(ChildProcess::requireAlive);
        return new LoadReport(
                scenario.name(),
                occasion.startedAt().toString(),
                occasion.command(),
                Machine.of(server.flatMap(ChildProcess::program), loadBefore),
                settings,
                measured);
    }

    private List<LoadScenario.Way> ways(Addresses addresses) {
        List<LoadScenario.Way> ways = new ArrayList<>();
        ways.add(
                new LoadScenario.Way(LoadReport.DIRECT, all -> model(all.mocks().get(0)), MockCommand.ANSWER));
        addresses
                .nginx()
                .ifPresent(nginx ->
                        ways.add(new LoadScenario.Way(LoadReport.NGINX, all -> model(nginx), MockCommand.ANSWER)));
        ways.addAll(scenario.ways());
        return ways;
    }

    private static Target model(URI address) {
        return Target.chatCompletions(address.resolve("/v1"));
    }

    private Path writeConfigs(Addresses addresses) throws IOException {
        Path root = occasion.folder().resolve("configs");
        for (Map.Entry<String, String> config :
                scenario.configs().apply(addresses).entrySet()) {
            Path target = Files.createDirectories(root.resolve(config.getKey()));
            Files.writeString(target.resolve("config.yml"), config.getValue());
        }
        return root;
    }

    private static Map<String, Supplier<Optional<Duration>>> processorTimes(
            Others others, Optional<ChildProcess> server) {
        Map<String, Supplier<Optional<Duration>>> times = new LinkedHashMap<>();
        times.put("load", () -> ProcessHandle.current().info().totalCpuDuration());
        times.put("mock", others.mocks.get(0)::processorTime);
        server.ifPresent(process -> times.put(LoadReport.SERVER, process::processorTime));
        return times;
    }

    private static URI localhost(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The processes beside the server that is measured. */
    private final class Others implements AutoCloseable {

        private final List<ChildProcess> mocks = new ArrayList<>();
        private final Optional<ChildProcess> nginx;
        private final Addresses addresses;

        Others(URI server, int mockPort) throws IOException {
            progress.say("starting; measuring takes some "
                    + settings.phases(scenario.ways().size() + 2).toSeconds() + " s");
            List<URI> models = new ArrayList<>();
            for (LoadScenario.Mock mock : scenario.mocks()) {
                int port = mockPort == 0 || !models.isEmpty() ? ChildProcess.freePort() : mockPort;
                models.add(localhost(port));
                mocks.add(processes.mock(port, mock));
            }
            Optional<Path> program = Nginx.program();
            int port = ChildProcess.freePort();
            this.nginx = program.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Nginx.start(program.get(), occasion.folder(), port, models.get(0)));
            this.addresses = new Addresses(models, nginx.map(started -> localhost(port)), server);
        }

        void requireAlive() {
            mocks.forEach(ChildProcess::requireAlive);
            nginx.ifPresent(ChildProcess::requireAlive);
        }

        @Override
        public void close() {
            nginx.ifPresent(ChildProcess::close);
            mocks.forEach(ChildProcess::close);
        }
    }
}
