package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scenario as the command line does; in place of a server, a program that streams or does not. */
final class FirstTokenTest {

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
                "first-token",
                "--rounds=2",
                "--requests=2",
                "--tokens=3",
                "--chunk-size=2",
                scenario.launcherOf(StreamingServer.class));

        assertThat(exitCode).as(scenario.err()).isZero();
        assertThat(scenario.out()).contains("straight from the model", "chunk_size: 2", "Machine:", "--rounds=2");
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            Path json = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            JsonNode report = new ObjectMapper().readTree(json.toFile());
            assertThat(report.path("ways")).hasSize(4);
            assertThat(report.at("/ways/3/p50Millis/median").asDouble()).isPositive();
        }
    }

    @Test
    void measuresNothingThatIsNoWholeStream() throws Exception {
        int exitCode = scenario.run(
                "first-token",
                "--rounds=1",
                "--requests=1",
                "--tokens=2",
                "--chunk-size=1",
                scenario.launcherOf(MuteServer.class));

        assertThat(exitCode).isEqualTo(1);
        assertThat(scenario.err()).contains("the server ended with exit code 0", "server.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds=0", "--requests=0", "--tokens=0", "--gap=-1", "--chunk-size=31"})
    void refusesWhatCannotBeMeasured(String option) {
        assertThat(scenario.run("first-token", option)).isEqualTo(2);
        assertThat(scenario.err()).contains(option.substring(0, option.indexOf('=')));
    }

    /** Streams as the mock does. */
    static final class StreamingServer {

        private StreamingServer() {}

        public static void main(String... arguments) throws InterruptedException {
            StreamingMock.start(Integer.parseInt(arguments[0]), 3, Duration.ZERO);
            Thread.currentThread().join();
        }
    }

    /** Ends at once. */
    static final class MuteServer {

        private MuteServer() {}

        public static void main(String... arguments) {}
    }
}
