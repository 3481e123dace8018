package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/rails} and {@code GET /v1/plugins}, DESIGN 3. */
class PluginRoutesTest {

    @TempDir
    private Path folder;

    @Test
    void listsEachRailWithWhatItCanBeToldAndWhoSeesTheText() {
        try (RunningServer server = RunningServer.start(ConfigRoot.standard(folder, "http://127.0.0.1:9"))) {
            JsonNode rails = RunningServer.json(server.get("/v1/rails"));

            assertThat(rails.path("object").asText()).isEqualTo("list");
            assertThat(rails.path("data"))
                    .filteredOn(rail -> rail.path("id").asText().equals("self check input"))
                    .singleElement()
                    .satisfies(rail -> {
                        assertThat(rail.path("object").asText()).isEqualTo("rail");
                        assertThat(rail.path("stages").toString()).isEqualTo("[\"input\"]");
                        assertThat(rail.path("rewrites").asBoolean(true)).isFalse();
                        assertThat(rail.at("/parameters/properties/variant/type")
                                        .asText())
                                .isEqualTo("string");
                        assertThat(rail.at("/settings/additionalProperties").asBoolean(true))
                                .isFalse();
                        assertThat(rail.path("sends_text_to").toString()).isEqualTo("[\"the model that judges\"]");
                    });
        }
    }

    @Test
    void listsEachPluginWithWhatItBringsAndNoPathOfThisMachine() {
        try (RunningServer server = RunningServer.start(ConfigRoot.standard(folder, "http://127.0.0.1:9"))) {
            String body = server.get("/v1/plugins").body();

            assertThat(RunningServer.json(body).path("data"))
                    .filteredOn(plugin -> plugin.path("rails").toString().contains("self check input"))
                    .singleElement()
                    .satisfies(plugin -> {
                        assertThat(plugin.path("object").asText()).isEqualTo("plugin");
                        assertThat(plugin.path("origin").asText()).isEqualTo("class_path");
                        assertThat(plugin.path("id").asText()).isNotEmpty();
                    });
            assertThat(RunningServer.json(body).path("problems")).isEmpty();
            assertThat(body).doesNotContain(System.getProperty("user.dir"));
        }
    }
}
