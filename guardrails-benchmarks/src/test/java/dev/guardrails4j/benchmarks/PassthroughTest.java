package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Runs the scenario as the command line does, with real processes, against a second mock in place of a server. */
final class PassthroughTest {

    private static final List<String> TINY = List.of(
            "passthrough",
            "--rounds=2",
            "--rate=50",
            "--connections=2",
            "--rate-seconds=0.2",
            "--saturation-seconds=0.2",
            "--warm-up-seconds=0.1");

    @TempDir
    private Path results;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void printsATableAndWritesTheSameAsJson() throws IOException {
        try (MockUpstream standIn = MockUpstream.start(0, Duration.ZERO, MockCommand.ANSWER)) {
            int exitCode = run(TINY, "--guarded=http://127.0.0.1:" + standIn.port());

            assertThat(exitCode).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("p50", "p99", "requests/s", "of nginx", "through the server", "--rounds=2", "JSON:");
            JsonNode report = new ObjectMapper().readTree(json().toFile());
            JsonNode guarded = report.path("ways").path(report.path("ways").size() - 1);
            assertThat(guarded.path("rounds")).hasSize(2);
            assertThat(guarded.at("/p99Millis/median").asDouble()).isPositive();
            assertThat(guarded.at("/rounds/1/offered/answered").asInt()).isEqualTo(10);
            assertThat(guarded.at("/rounds/1/offered/latencyMillis/p90").asDouble())
                    .isPositive();
            assertThat(report.at("/settings/connections").asInt()).isEqualTo(2);
        }
    }

    @Test
    void startsAndEndsTheServerOfALauncher() throws IOException {
        Path launcher = distribution("exec " + java() + " -cp '" + System.getProperty("java.class.path") + "' "
                + Benchmarks.class.getName() + " mock --port \"${7}\"");

        int exitCode = run(TINY, "--launcher=" + launcher);

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(json().toFile());
        assertThat(report.at("/machine/serverJava").asText()).isEqualTo(System.getProperty("java.version"));
    }

    @Test
    void countsErrorsAndExitsWithOne() throws IOException {
        String answer = StandardCharsets.UTF_8
                .decode(new MockAnswers(MockCommand.ANSWER).completion())
                .toString();
        try (FakeServer server =
                new FakeServer(number -> number == 1 ? answer : FakeServer.answer("429 Too Many Requests"))) {
            int exitCode = run(TINY, "--guarded=" + server.address());

            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString()).containsPattern("\\d\\d x through the server: HTTP 429");
        }
    }

    @Test
    void showsTheLogOfAServerThatDoesNotStart() throws IOException {
        Path launcher = distribution("echo 'no such configuration' >&2; exit 3");

        int exitCode = run(TINY, "--launcher=" + launcher);

        assertThat(exitCode).isEqualTo(1);
        Path log = runFolder().resolve("server.log");
        assertThat(err.toString()).contains("the server ended with exit code 3", log.toString());
        assertThat(log).hasContent("no such configuration");
    }

    @Test
    void saysHowToBuildADistributionThatIsNotThere() {
        int exitCode = run(TINY, "--launcher=" + results.resolve("bin/guardrails"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("no distribution with", "./guardrails --version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate=0",
                "--rounds=0",
                "--connections=0",
                "--rate-seconds=-1",
                "--saturation-seconds=x",
                "--warm-up-seconds=NaN",
                "--latency=-5",
                "--mock-port=70000",
                "--guarded=ftp://127.0.0.1"
            })
    void refusesOptionsThatMakeNoSense(String option) {
        int exitCode = run(List.of("passthrough", option));

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void endsItsProcessesWhenItIsEndedItself() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(), "-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), "passthrough"));
        Path launcher = distribution("sleep 1000");
        command.addAll(List.of("--launcher=" + launcher, "--results=" + results));
        Process runner = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(results.resolve("runner.log").toFile())
                .start();
        try {
            await().until(() ->
                    runner.descendants().count() >= 3); // mock, nginx or launcher, what the launcher waits for
            List<ProcessHandle> descendants = runner.descendants().toList();

            runner.destroy();

            await().until(() -> descendants.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            runner.descendants().forEach(ProcessHandle::destroyForcibly);
            runner.destroyForcibly().onExit().join();
        }
    }

    private int run(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        all.add("--results=" + results);
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    /** Returns the launcher of a distribution that has nothing else in it. */
    private Path distribution(String launcher) throws IOException {
        Path bin = Files.createDirectories(results.resolve("distribution/bin"));
        Path script = Files.writeString(bin.resolve("guardrails"), "#!/bin/sh\n" + launcher + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Path json() throws IOException {
        return first(path -> path.toString().endsWith(".json"));
    }

    private Path runFolder() throws IOException {
        return first(path -> path.getFileName().toString().matches("passthrough-[0-9Z-]+"));
    }

    private Path first(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.list(results)) {
            return all.filter(wanted).findFirst().orElseThrow();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
