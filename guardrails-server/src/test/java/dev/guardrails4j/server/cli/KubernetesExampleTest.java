package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.server.storage.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code examples/kubernetes}: what the ConfigMap holds, mounted as the Deployment says, is a server that guards. */
class KubernetesExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/kubernetes");
    private static final Pattern ADDRESS = Pattern.compile("address +(\\S+)");
    private static final String KEY = "a-key-that-is-long-enough-to-be-none-that-people-think-of";

    @TempDir
    private Path folder;

    private Thread command = new Thread(() -> {});

    @AfterEach
    void stop() throws InterruptedException {
        command.interrupt();
        command.join();
    }

    @Test
    void servesWhatTheConfigMapHoldsToThoseWhoHaveAKey() throws Exception {
        try (RedisServer redis = RedisServer.startOrSkip(Files.createDirectory(folder.resolve("redis")))) {
            Path keys = Files.writeString(
                    folder.resolve("keys.yml"), "keys: [{name: app, sha256: %s}]".formatted(sha256(KEY)));
            mountConfig(
                    text -> text.replace("redis:6379", redis.address()).replace("/secrets/keys.yml", keys.toString()));

            URI address = start();

            assertThat(send(HttpRequest.newBuilder(address.resolve("/health/ready")))
                            .body())
                    .isEqualTo("{\"status\":\"ready\"}");
            assertThat(send(check(address)).statusCode()).isEqualTo(401);
            HttpResponse<String> checked = send(check(address).header("Authorization", "Bearer " + KEY));
            assertThat(checked.body()).contains("\"status\":\"blocked\"", "regex check input");
            command.interrupt();
            command.join();
        }
    }

    /** As the kubelet does it: the files are links into a folder whose name begins with dots. */
    private void mountConfig(java.util.function.UnaryOperator<String> edit) throws IOException {
        JsonNode data = document("config.yaml", "ConfigMap").path("data");
        Path mounted = Files.createDirectory(folder.resolve("config"));
        for (JsonNode item : volume("config").path("configMap").path("items")) {
            String path = item.path("path").asText();
            Path file = mounted.resolve("..data_1").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, edit.apply(data.path(item.path("key").asText()).asText()));
            String top = Path.of(path).getName(0).toString();
            Files.createSymbolicLink(mounted.resolve(top), Path.of("..data", top));
        }
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..data_1"));
    }

    private static JsonNode volume(String name) throws IOException {
        for (JsonNode volume : document("deployment.yaml", "Deployment").at("/spec/template/spec/volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        throw new AssertionError("no volume " + name);
    }

    private static JsonNode document(String file, String kind) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(Files.readString(EXAMPLE.resolve(file)))) {
            JsonNode node = new ObjectMapper().valueToTree(document);
            if (node.path("kind").asText().equals(kind)) {
                return node;
            }
        }
        throw new AssertionError("no " + kind + " in " + file);
    }

    /** With the arguments of the Deployment, but for what belongs to a machine of its own. */
    private URI start() throws IOException {
        List<String> arguments = new ArrayList<>();
        document("deployment.yaml", "Deployment")
                .at("/spec/template/spec/containers/0/args")
                .forEach(argument -> arguments.add(argument.asText()
                        .replace("/config", folder.resolve("config").toString())
                        .replace("metrics.port=9464", "metrics.port=0")
                        .replaceFirst("^json$", "text")));
        arguments.addAll(List.of("--host", "127.0.0.1", "--port", "0"));
        Cli cli = new Cli(folder).with("OPENAI_API_KEY", "any");
        command = new Thread(() -> cli.run(arguments.toArray(String[]::new)));
        command.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !command.isAlive() || ADDRESS.matcher(cli.out()).find());
        Matcher address = ADDRESS.matcher(cli.out());
        assertThat(address.find())
                .as("listens; it said: %s %s", cli.out(), cli.err())
                .isTrue();
        return URI.create(address.group(1));
    }

    private static HttpRequest.Builder check(URI address) {
        return HttpRequest.newBuilder(address.resolve("/v1/checks"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"model": "m", "messages": [{"role": "user", "content": "What is project manhattan?"}]}"""));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
