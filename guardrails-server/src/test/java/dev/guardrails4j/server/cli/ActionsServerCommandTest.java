package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsServerCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("on (http://\\S+)/v1/actions/run");

    @TempDir
    private Path folder;

    private Thread command = new Thread(() -> {});

    @AfterEach
    void stop() throws InterruptedException {
        command.interrupt();
        command.join();
    }

    @Test
    void takesUpJarsThatComeAndGoIfItIsToldTo() throws Exception {
        write("one");
        URI address = start("--auto-reload");
        assertThat(list(address)).isEqualTo("[\"one\"]");

        write("two");
        await().until(() -> list(address).equals("[\"one\",\"two\"]"));
        Files.delete(folder.resolve("plugins/one.jar"));

        await().until(() -> list(address).equals("[\"two\"]"));
    }

    private void write(String action) throws IOException {
        new JarBuilder()
                .source("com.acme.SomeAction", """
                        public class SomeAction implements dev.guardrails4j.api.Action {
                            @Override public String name() { return "%s"; }
                            @Override public Object execute(dev.guardrails4j.api.ActionContext context) { return 1; }
                        }
                        """.formatted(action))
                .service(Action.class, "com.acme.SomeAction")
                .writeTo(folder.resolve("plugins/" + action + ".jar"));
    }

    private URI start(String option) {
        Cli cli = new Cli(folder);
        command = new Thread(() -> cli.run("actions-server", "--port", "0", option));
        command.start();
        await().until(() -> ADDRESS.matcher(cli.out()).find());
        Matcher address = ADDRESS.matcher(cli.out());
        assertThat(address.find()).isTrue();
        return URI.create(address.group(1));
    }

    private static String list(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve("/v1/actions/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
