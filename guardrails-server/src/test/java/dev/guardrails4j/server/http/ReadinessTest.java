package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("DESIGN 5: /health/ready")
class ReadinessTest {

    @TempDir
    private Path folder;

    @Test
    void isReadyWhateverIsWrongWithConfigurationsThatAreNotTheDefault() {
        assertThat(ready(Optional.of("pass")).statusCode()).isEqualTo(200);
        assertThat(ready(Optional.empty()).statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyWhenTheDefaultConfigurationIsBroken() {
        HttpResponse<String> answer = ready(Optional.of("broken"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("status").asText()).isEqualTo("not_ready");
        assertThat(json(answer).at("/problems/0/config_id").asText()).isEqualTo("broken");
        assertThat(json(answer).at("/problems/0/message").asText())
                .contains("self chekc input")
                .doesNotContain(folder.toString());
    }

    @Test
    void isNotReadyWhenTheDefaultConfigurationIsNotThere() {
        HttpResponse<String> answer = ready(Optional.of("gone"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"config_id\":\"gone\"");
    }

    @Test
    void isNotReadyWhileWhatKeepsThreadsDoesNotAnswer() {
        assumeTrue(
                RedisServer.program().isPresent(), "needs redis-server; install it with: apt-get install redis-server");
        RedisServer redis = RedisServer.start(folder);
        ConfigRoot root = ConfigRoot.standard(folder.resolve("configs"), "http://127.0.0.1:1/v1");
        RedisAddress address = RedisAddress.parse("redis://" + redis.address());
        try (ThreadStore threads = ThreadStores.redis(address, ThreadLimits.DEFAULT);
                RunningServer server = RunningServer.start(root, "", threads)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);

            redis.close();

            await().until(() -> server.get("/health/ready").statusCode() == 503);
            assertThat(server.get("/health/ready").body())
                    .isEqualTo("{\"status\":\"not_ready\",\"problems\":[{\"message\":"
                            + "\"The conversation threads cannot be reached\"}]}");
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
        } finally {
            redis.close();
        }
    }

    @Test
    @DisplayName("checks-contract 2.1: the same in the platform's words")
    void tellsThePlatformsStatus() {
        assertThat(get("/status", Optional.of("pass")).body())
                .isEqualTo("{\"status\":\"healthy\",\"services\":{\"ready\":[\"guardrails\"],\"not_ready\":[]},"
                        + "\"controllers\":{\"healthy\":true,\"status\":{}}}");
        assertThat(get("/status", Optional.of("gone")).body())
                .isEqualTo(
                        "{\"status\":\"unhealthy\",\"services\":{\"ready\":[],\"not_ready\":[{\"name\":\"guardrails\","
                                + "\"message\":\"There is no such configuration\"}]},"
                                + "\"controllers\":{\"healthy\":true,\"status\":{}}}");
    }

    @Test
    @DisplayName("checks-contract 2.1")
    void tellsThePlatformsVersion() {
        assertThat(get("/cluster-info", Optional.of("pass")).body())
                .isEqualTo("{\"platform_version\":\"development\",\"revision\":\"unknown\"}");
    }

    private HttpResponse<String> ready(Optional<String> defaultConfigId) {
        return get("/health/ready", defaultConfigId);
    }

    private HttpResponse<String> get(String path, Optional<String> defaultConfigId) {
        ConfigRoot root = ConfigRoot.standard(folder, "http://127.0.0.1:1/v1");
        try (RunningServer server = RunningServer.start(root.folder(), RunningServer.settings("", defaultConfigId))) {
            return server.get(path);
        }
    }
}
