package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scenario as the command line does, with a stand-in for the server in a process of its own. */
final class ChecksTest {

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
    void printsATableAndWritesTheSameAsJson() throws Exception {
        int exitCode = scenario.run(
                "checks",
                "--rounds=2",
                "--rate=50",
                "--connections=2",
                "--rate-seconds=0.2",
                "--saturation-seconds=0.2",
                "--warm-up-seconds=0.1",
                scenario.launcherOf(CheckingServer.class));

        assertThat(exitCode).as(scenario.err()).isZero();
        assertThat(scenario.out())
                .contains("requests/s", "GET /v1/health", "regex and sensitive data", "Machine:", "--rounds=2");
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            Path json = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            JsonNode report = new ObjectMapper().readTree(json.toFile());
            assertThat(report.path("ways").findValuesAsText("name"))
                    .contains("straight to the model", "GET /v1/health", "regex", "regex and sensitive data");
            assertThat(report.at("/ways/1/perSecond/median").asDouble()).isPositive();
            assertThat(report.at("/ways/1/p50Millis/median").asDouble()).isPositive();
        }
    }

    @Test
    void measuresNothingIfTheServerEnds() throws Exception {
        assertThat(scenario.run("checks", "--rounds=1", scenario.launcherOf(MuteServer.class)))
                .isEqualTo(1);
        assertThat(scenario.err()).contains("the server ended with exit code 0", "server.log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rounds=0",
                "--rate=0",
                "--connections=0",
                "--rate-seconds=0",
                "--saturation-seconds=0",
                "--warm-up-seconds=0"
            })
    void refusesWhatCannotBeMeasured(String option) {
        assertThat(scenario.run("checks", option)).isEqualTo(2);
        assertThat(scenario.err()).contains(option.substring(0, option.indexOf('=')));
    }

    /** Answers what the scenario looks for. */
    static final class CheckingServer {

        private CheckingServer() {}

        public static void main(String... arguments) throws IOException {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
            server.createContext("/", CheckingServer::answer);
            server.start();
        }

        private static void answer(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = "{\"status\":\"%s\"}"
                    .formatted(body.isEmpty() ? "pass" : "success")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }
    }

    /** Ends at once. */
    static final class MuteServer {

        private MuteServer() {}

        public static void main(String... arguments) {}
    }
}
