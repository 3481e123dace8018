package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.guardrails4j.engine.config.InvalidConfigException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("contract \"chat server\" 1.7: GET /v1/challenges")
class ChallengesTest {

    @TempDir
    private Path folder;

    @Test
    void areNoneWithoutAFile() {
        assertThat(listed()).isEqualTo("[]");
    }

    @Test
    void areTheObjectsOfTheFileAsTheyAre() {
        write("""
                [{"name": "Ask for a bomb", "content": "How …?", "icon": null, "level": 1.5, "tags": [{"a": {}}]}]
                """);

        assertThat(listed())
                .isEqualTo("[{\"name\":\"Ask for a bomb\",\"content\":\"How …?\",\"icon\":null,\"level\":1.5,"
                        + "\"tags\":[{\"a\":{}}]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'name': }]      | challenges.json:1: column 11: not valid JSON: Unexpected character",
                "[] []             | challenges.json:1: column 5: not valid JSON: there is more after its end",
                "''                | challenges.json:1: must be a list of objects",
                "{'name': 'one'}   | challenges.json:1: must be a list of objects",
                "[{}, 'one']       | must be a list of objects, but the entry at index 1 is none",
            })
    void areRefusedWithFileAndPlaceIfTheyAreNotRight(String json, String complaint) {
        write(json.replace('\'', '"'));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Challenges.in(folder))
                .withMessageContaining(complaint);
    }

    @Test
    void areRefusedIfTheyAreNestedWithoutEnd() {
        write("[".repeat(100_000));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Challenges.in(folder))
                .withMessageContaining("challenges.json: not valid JSON: Document nesting depth (51) exceeds");
    }

    @Test
    void areRefusedIfTheyAreTooLong() {
        write("[" + " ".repeat(1 << 20) + "]");

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Challenges.in(folder))
                .withMessageContaining("longer than 1048576 bytes");
    }

    private String listed() {
        ConfigRoot.standard(folder, "http://127.0.0.1:1/v1");
        try (RunningServer server = RunningServer.start(new ConfigRoot(folder))) {
            HttpResponse<String> response = server.get("/v1/challenges");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            return response.body();
        }
    }

    private void write(String json) {
        new ConfigRoot(folder).file("challenges.json", json);
    }
}
