package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs scenarios as the command line does, with a mock in place of the server. */
final class ScenariosTest {

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

    @ParameterizedTest
    @CsvSource({"content-safety,content safety in and out", "threads,'with a thread, embedded store'"})
    void measuresLoad(String name, String way) throws IOException {
        int exitCode = scenario.run(
                name,
                "--rounds=1",
                "--rate=50",
                "--connections=2",
                "--rate-seconds=0.2",
                "--saturation-seconds=0.2",
                "--warm-up-seconds=0.1",
                launcher("mock --port \"${7}\""));

        assertThat(exitCode).as(scenario.err()).isZero();
        assertThat(scenario.out()).contains("straight to the model", way, "errors: none");
        assertThat(scenario.report().path("ways").findValuesAsText("name")).contains(way);
    }

    @Test
    void measuresWhatIsAddedToSlowModels() throws IOException {
        int exitCode = scenario.run(
                "floor",
                "--concurrent=5",
                "--model=200",
                "--rail=50",
                "--seconds=1",
                "--warm-up-seconds=0.1",
                launcher("mock --port \"${7}\" --latency 320"));

        assertThat(exitCode).as(scenario.err()).isZero();
        JsonNode level = scenario.report().path("levels").path(0);
        assertThat(level.path("answered").asInt()).isEqualTo(17);
        assertThat(level.at("/overFloor/p50").asDouble()).isGreaterThan(19);
        assertThat(level.path("modelsLateMillis").asDouble()).isNotNegative();
    }

    @Test
    void measuresStreams() throws IOException {
        int exitCode = scenario.run(
                "streams",
                "--streams=3",
                "--gap=20",
                "--seconds=0.3",
                launcher("mock --port \"${7}\" --stream-gap 20"));

        assertThat(exitCode).as(scenario.err()).isZero();
        JsonNode ways = scenario.report().path("ways");
        JsonNode guarded = ways.path(ways.size() - 1);
        assertThat(guarded.path("name").asText()).isEqualTo("through the server");
        assertThat(guarded.path("wordsPerSecond").asDouble()).isPositive();
        assertThat(guarded.path("errors")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "floor,--concurrent=0",
        "floor,--seconds=0",
        "floor,--model=-1",
        "floor,--warm-up-seconds=0",
        "streams,--streams=0",
        "streams,--gap=0",
        "streams,--open-per-second=0",
        "streams,--seconds=-1",
        "threads,--store=paper",
        "soak,--requests=0",
        "soak,--minutes=-1",
        "soak,--rounds=2",
        "soak,--growth=0.9",
        "soak,--connections=0",
        "mock,--stream-gap=0"
    })
    void refusesWhatCannotBeMeasured(String name, String option) {
        assertThat(scenario.execute(name, option)).isEqualTo(2);
        assertThat(scenario.err()).contains(option.substring(0, option.indexOf('=')));
    }

    /** One that gets the server's options, of which the seventh is the port. */
    private String launcher(String mock) throws IOException {
        return scenario.launcher("exec " + ScenarioCommand.java(Benchmarks.class) + " " + mock);
    }
}
