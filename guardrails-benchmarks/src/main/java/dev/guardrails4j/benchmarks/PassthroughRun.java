package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of the pass-through scenario, from the start of its processes to their end, however it ends. */
final class PassthroughRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PassthroughSettings settings;
    private final Instant startedAt;
    private final String command;
    private final MeasuredProcesses processes;
    private final PrintWriter progress;

    /**
     * @param startedAt is written into the report, as is the command
     * @param folder takes the logs and the configuration; exists
     * @param progress says what is being done
     */
    PassthroughRun(PassthroughSettings settings, Instant startedAt, String command, Path folder, PrintWriter progress) {
        this.settings = settings;
        this.startedAt = startedAt;
        this.command = command;
        this.processes = new MeasuredProcesses(folder);
        this.progress = progress;
    }

    /**
     * Measures a server that is started for it.
     *
     * @param launcher {@code bin/guardrails} of its distribution
     * @param jdk what it runs on, or empty for the newest
     * @param mockPort 0 for any
     */
    PassthroughReport throughDistribution(Path launcher, Optional<Path> jdk, int mockPort)
            throws IOException, InterruptedException {
        int port = portOr(mockPort);
        int serverPort = ChildProcess.freePort();
        try (ChildProcess mock = mock(port);
                ChildProcess server = processes.server(launcher, jdk, serverPort, baseUrl(port))) {
            return measure(baseUrl(port), baseUrl(serverPort), mock, Optional.of(server));
        }
    }

    /**
     * Measures whatever answers at a URL such as {@code http://127.0.0.1:8000/v1}, and calls the mock for its answers.
     */
    PassthroughReport through(URI guarded, int mockPort) throws IOException, InterruptedException {
        int port = portOr(mockPort);
        try (ChildProcess mock = mock(port)) {
            return measure(baseUrl(port), guarded, mock, Optional.empty());
        }
    }

    private ChildProcess mock(int port) {
        say("starting; measuring takes " + settings.phases().toSeconds() + " s");
        return processes.mock(port, settings.mockLatencyMillis());
    }

    private PassthroughReport measure(URI directUrl, URI guardedUrl, ChildProcess mock, Optional<ChildProcess> server)
            throws IOException, InterruptedException {
        double loadBefore = Machine.loadAverage();
        Target direct = Target.chatCompletions(directUrl);
        Target guarded = Target.chatCompletions(guardedUrl);
        Probe probe = new Probe(PATIENCE);
        probe.awaitAnswer(direct, MockCommand.ANSWER, mock::requireAlive);
        probe.awaitAnswer(guarded, MockCommand.ANSWER, () -> server.ifPresent(ChildProcess::requireAlive));
        List<PassthroughReport.Round> rounds =
                new PassthroughRounds(settings, direct, guarded, processorTimes(mock, server), progress).run();
        server.ifPresent(ChildProcess::requireAlive);
        Machine machine = Machine.of(server.flatMap(ChildProcess::program), loadBefore);
        return PassthroughReport.of(startedAt.toString(), command, machine, settings, rounds);
    }

    private static Map<String, Supplier<Optional<Duration>>> processorTimes(
            ChildProcess mock, Optional<ChildProcess> server) {
        Map<String, Supplier<Optional<Duration>>> times = new HashMap<>();
        times.put("load", () -> ProcessHandle.current().info().totalCpuDuration());
        times.put("mock", mock::processorTime);
        server.ifPresent(process -> times.put("server", process::processorTime));
        return times;
    }

    private static int portOr(int port) {
        return port == 0 ? ChildProcess.freePort() : port;
    }

    private static URI baseUrl(int port) {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    private void say(String what) {
        progress.println("  " + what);
        progress.flush();
    }
}
