package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Runs the scenario as the command line does, with a stand-in for the launcher and the server. */
final class StartUpTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void startsEachWayInTurnAndWritesWhatItTook() throws Exception {
        String home = System.getProperty("java.home");

        int exitCode = run("--starts=2", "--server-jdk=" + home, launcher("exit 0"));

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(", no cache", ", cache", "median (lowest - highest) of 2 starts", "--starts=2");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .map(call -> call.substring(call.lastIndexOf('/') + 1))
                .containsExactly(
                        "caches warm", "no-caches server", "caches server", "no-caches server", "caches server");
        JsonNode ways = report().path("ways");
        assertThat(ways).hasSize(2).allSatisfy(way -> {
            assertThat(way.path("java").asText()).isEqualTo(System.getProperty("java.version"));
            assertThat(way.at("/healthMillis/median").asDouble()).isPositive();
            assertThat(way.at("/chatMillis/lowest").asDouble())
                    .isGreaterThan(way.at("/healthMillis/lowest").asDouble());
        });
    }

    @Test
    void measuresNothingIfNoCacheCanBeMade() throws Exception {
        assertThat(run("--starts=1", launcher("exit 3"))).isEqualTo(1);
        assertThat(err.toString()).contains("the maker of the cache ended with exit code 3", "warm.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--starts=0", "--starts=1001", "--starts=x"})
    void refusesWhatCannotBeMeasured(String option) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(err.toString()).contains("--starts");
    }

    private int run(String... options) {
        CommandLine commandLine =
                Benchmarks.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(
                Stream.concat(Stream.of("start-up", "--results=" + folder.resolve("results")), Stream.of(options))
                        .toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            return new ObjectMapper()
                    .readTree(files.filter(file -> file.toString().endsWith(".json"))
                            .findFirst()
                            .orElseThrow()
                            .toFile());
        }
    }

    /** The port is the last of the options that the launcher gets. */
    private String launcher(String warm) throws IOException {
        Path launcher = folder.resolve("guardrails");
        Files.writeString(
                launcher,
                "#!/bin/sh\necho \"$GUARDRAILS_CACHE $1\" >>'%s'\n[ $1 = server ] || %s\nexec '%s' -cp '%s' '%s' $7\n"
                        .formatted(
                                folder.resolve("calls"),
                                warm,
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                AnsweringServer.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return "--launcher=" + launcher;
    }

    /** Answers everything with status 200. */
    static final class AnsweringServer {

        private AnsweringServer() {}

        public static void main(String... arguments) throws IOException {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }
    }
}
