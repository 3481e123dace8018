package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scenario as the command line does, with a stand-in for the launcher and the server. */
final class StartUpTest {

    @TempDir
    private Path folder;

    private ScenarioCommand scenario = new ScenarioCommand(Path.of(""));

    @BeforeEach
    void putResultsIntoTheFolder() {
        scenario = new ScenarioCommand(folder);
    }

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void startsEachWayInTurnAndWritesWhatItTook() throws Exception {
        String home = System.getProperty("java.home");

        int exitCode = scenario.run("start-up", "--starts=2", "--server-jdk=" + home, launcher("exit 0"));

        assertThat(exitCode).as(scenario.err()).isZero();
        assertThat(scenario.out())
                .contains(", no cache", ", cache", "median (lowest - highest) of 2 starts", "--starts=2");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .map(call -> call.substring(call.lastIndexOf('/') + 1))
                .containsExactly(
                        "caches warm", "no-caches server", "caches server", "no-caches server", "caches server");
        JsonNode ways = scenario.report().path("ways");
        assertThat(ways).hasSize(2).allSatisfy(way -> {
            assertThat(way.path("java").asText()).isEqualTo(System.getProperty("java.version"));
            assertThat(way.at("/healthMillis/median").asDouble()).isPositive();
            assertThat(way.at("/chatMillis/lowest").asDouble())
                    .isGreaterThan(way.at("/healthMillis/lowest").asDouble());
        });
    }

    @Test
    void measuresNothingIfNoCacheCanBeMade() throws Exception {
        assertThat(scenario.run("start-up", "--starts=1", launcher("exit 3"))).isEqualTo(1);
        assertThat(scenario.err()).contains("the maker of the cache ended with exit code 3", "warm.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--starts=0", "--starts=1001", "--starts=x"})
    void refusesWhatCannotBeMeasured(String option) {
        assertThat(scenario.run("start-up", option)).isEqualTo(2);
        assertThat(scenario.err()).contains("--starts");
    }

    /** The port is the last of the options that the launcher gets. */
    private String launcher(String warm) throws IOException {
        return scenario.launcher("echo \"$GUARDRAILS_CACHE $1\" >>'%s'\n[ $1 = server ] || %s\nexec %s $7"
                .formatted(folder.resolve("calls"), warm, ScenarioCommand.java(AnsweringServer.class)));
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
