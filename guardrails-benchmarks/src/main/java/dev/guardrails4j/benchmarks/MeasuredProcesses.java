package dev.guardrails4j.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the processes are started that take part in a measurement, with the logs of each in one folder. */
final class MeasuredProcesses {

    /** Would change which model the server calls, or with which configuration it answers. */
    private static final List<String> NOT_INHERITED =
            List.of("MAIN_MODEL_ENGINE", "MAIN_MODEL_BASE_URL", "DEFAULT_CONFIG_ID");

    private final Path folder;

    /** @param folder exists */
    MeasuredProcesses(Path folder) {
        this.folder = folder;
    }

    /** A mock model, in a virtual machine of its own and of the same kind as this one. */
    ChildProcess mock(int port, LoadScenario.Mock mock) {
        return mock(port, "--latency", Integer.toString(mock.latencyMillis()), "--answer", mock.answer());
    }

    /** A mock model that answers by streams without end, with so long between words. */
    ChildProcess mockOfStreams(int port, Duration gap) {
        return mock(port, "--stream-gap", Long.toString(gap.toMillis()));
    }

    private ChildProcess mock(int port, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName(),
                "mock",
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        return ChildProcess.start("mock model", command, Map.of(), folder.resolve("mock-" + port + ".log"));
    }

    /**
     * The server of a distribution.
     *
     * @param launcher {@code bin/guardrails} of the distribution
     * @param jdk home of the Java that it is to run on; the launcher chooses if empty
     * @param config one configuration, or a folder of several
     * @param options of the command line, beside those
     */
    ChildProcess server(Path launcher, Optional<Path> jdk, int port, Path config, List<String> options) {
        return server(
                launcher,
                port,
                config,
                options,
                jdk.map(home -> Map.of("GUARDRAILS_JAVA_HOME", home.toString())).orElse(Map.of()));
    }

    /** The same, with variables that the launcher reads. */
    ChildProcess server(Path launcher, int port, Path config, List<String> options, Map<String, String> variables) {
        if (!Files.isExecutable(launcher)) {
            throw new BenchmarkException("there is no distribution with " + launcher
                    + "; build it by ./guardrails --version, or name the launcher of another by --launcher");
        }
        Map<String, String> environment = new HashMap<>(variables);
        NOT_INHERITED.forEach(variable -> environment.put(variable, ""));
        environment.put("OPENAI_API_KEY", "unneeded");
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "server",
                "--config",
                config.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port)));
        command.addAll(options);
        return ChildProcess.start("server", command, environment, folder.resolve("server.log"));
    }
}
