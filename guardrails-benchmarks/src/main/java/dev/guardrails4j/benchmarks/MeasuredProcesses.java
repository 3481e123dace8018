package dev.guardrails4j.benchmarks;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the processes are started that take part in a measurement, with the logs of each in one folder. */
final class MeasuredProcesses {

    /** Would change which model the server calls, or with which configuration it answers. */
    private static final List<String> NOT_INHERITED = List.of("MAIN_MODEL_ENGINE", "DEFAULT_CONFIG_ID");

    private static final String CONFIG = "examples/configs/passthrough";

    private final Path folder;

    /** @param folder exists */
    MeasuredProcesses(Path folder) {
        this.folder = folder;
    }

    /** The mock upstream, in a virtual machine of its own and of the same kind as this one. */
    ChildProcess mock(int port, int latencyMillis) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName(),
                "mock",
                "--port",
                Integer.toString(port),
                "--latency",
                Integer.toString(latencyMillis));
        return ChildProcess.start("mock upstream", command, Map.of(), folder.resolve("mock.log"));
    }

    /**
     * The server of a distribution, with the example configuration that only passes on.
     *
     * @param launcher {@code bin/guardrails} of the distribution
     * @param jdk home of the Java that it is to run on; the launcher chooses if empty
     * @param upstream base URL of the model
     */
    ChildProcess server(Path launcher, Optional<Path> jdk, int port, URI upstream) {
        Path config = launcher.toAbsolutePath()
                .normalize()
                .resolve("../..")
                .resolve(CONFIG)
                .normalize();
        return server(
                launcher,
                jdk,
                port,
                config,
                Map.of("MAIN_MODEL_BASE_URL", upstream.toString(), "OPENAI_API_KEY", "unneeded"));
    }

    /**
     * The server of a distribution.
     *
     * @param launcher {@code bin/guardrails} of the distribution
     * @param jdk home of the Java that it is to run on; the launcher chooses if empty
     * @param config one configuration, or a folder of several
     * @param variables that the configuration needs
     */
    ChildProcess server(Path launcher, Optional<Path> jdk, int port, Path config, Map<String, String> variables) {
        if (!Files.isExecutable(launcher) || !Files.isDirectory(config)) {
            throw new BenchmarkException("there is no distribution with " + launcher + " and " + config
                    + "; build it by ./guardrails --version, or name the launcher of another by --launcher");
        }
        Map<String, String> environment = new HashMap<>(variables);
        NOT_INHERITED.forEach(variable -> environment.put(variable, ""));
        jdk.ifPresent(home -> environment.put("GUARDRAILS_JAVA_HOME", home.toString()));
        List<String> command = List.of(
                launcher.toString(),
                "server",
                "--config",
                config.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port));
        return ChildProcess.start("server", command, environment, folder.resolve("server.log"));
    }
}
