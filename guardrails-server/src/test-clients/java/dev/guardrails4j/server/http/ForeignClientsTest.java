package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of {@code src/test-clients/node} and {@code src/test-clients/python}, which {@code .ci/clients} installs. */
@DisplayName("Clients in other languages talk to the server as they would to OpenAI")
class ForeignClientsTest {

    private static final Path CLIENTS = Path.of("src/test-clients").toAbsolutePath();
    private static final Path PYTHON = Path.of("target/test-clients/python/bin/python").toAbsolutePath();
    private static final int MINUTES = 5;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private ThreadStore threads;
    private RunningServer server;

    @BeforeEach
    void start() {
        upstream = ClientsModel.start();
        threads = ThreadStores.memory(ThreadLimits.DEFAULT);
        server = RunningServer.start(
                ClientsModel.configurations(folder, upstream), threads, Map.of("MAIN_MODEL_BASE_URL", upstream.baseUrl()));
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
        upstream.close();
    }

    @Test
    void servesTheClientsOfNode() throws Exception {
        assertThat(CLIENTS.resolve("node/node_modules")).as("run .ci/clients first").isDirectory();

        run(CLIENTS.resolve("node"), "node", "--test", "--test-reporter=spec");
    }

    @Test
    void servesCurl() throws Exception {
        run(CLIENTS.resolve("curl"), "bash", "chat.sh");
    }

    static boolean hasPythonClient() {
        return Files.isExecutable(PYTHON);
    }

    @Test
    @EnabledIf("hasPythonClient")
    void servesTheClientOfPython() throws Exception {
        run(CLIENTS.resolve("python"), PYTHON.toString(), "-B", "-m", "unittest", "--verbose");
    }

    private void run(Path directory, String... command) throws IOException, InterruptedException {
        File output = folder.resolve("output.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("BASE_URL", server.url("/v1"));
        Process client = builder.start();
        boolean hasEnded = client.waitFor(MINUTES, TimeUnit.MINUTES);
        client.destroyForcibly();
        String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);

        assertThat(hasEnded).as(said).isTrue();
        assertThat(client.exitValue()).as(said).isZero();
    }
}
