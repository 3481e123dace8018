package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {

    private static final String CONFIG = """
            models:
              - type: main
                engine: demo
                model: demo
            rails:
              config:
                regex_detection:
                  input:
                    patterns: ["secret"]
              input:
                flows:
                  - regex check input
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void makeConfig() {
        cli = new Cli(folder).file("config/config.yml", CONFIG);
    }

    @Test
    void answersEachLineAndShowsWhichRailsRan() {
        assertThat(cli.typing("Hello!\n\nthe secret word\n").run("chat")).isZero();

        assertThat(cli.out().lines())
                .anySatisfy(line -> assertThat(line).isEqualTo("you> Hello!"))
                .anySatisfy(line -> assertThat(line).startsWith("bot> "))
                .anySatisfy(line -> assertThat(line).matches(" +\\[input] regex check input: passed, \\d+ ms"))
                .anySatisfy(line -> assertThat(line).isEqualTo("you> the secret word"))
                .anySatisfy(line -> assertThat(line).matches(" +\\[input] regex check input: blocked, \\d+ ms"));
    }

    @Test
    void endsWhenToldTo() {
        assertThat(cli.typing("/quit\nnever read\n").run("chat")).isZero();

        assertThat(cli.out()).doesNotContain("never read");
    }

    @Test
    void goesOnAfterAModelFailed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.respond(received -> received.body().contains("first")
                    ? ScriptedUpstream.Response.error(400, "no such thing", "bad")
                    : ScriptedUpstream.Response.json(
                            "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"fine\"}}]}"));
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl()).with("OPENAI_API_KEY", "key");

            assertThat(cli.typing("first\nsecond\n").run("chat")).isZero();

            assertThat(cli.out()).contains("error> ", "bot> fine");
            assertThat(upstream.received().get(1).body()).contains("second").doesNotContain("first");
        }
    }

    @Test
    void showsAnAnswerWhileItIsBeingWritten() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.respond(received -> Response.stream("It ", "goes ", "on").heldAfter(2, rest));
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl()).with("OPENAI_API_KEY", "key");

            Thread chat = new Thread(() -> cli.typing("Hello!\n").run("chat"));
            chat.start();

            await().until(() -> cli.out().endsWith("bot> It "));
            rest.countDown();
            chat.join();
            assertThat(cli.out()).contains("bot> It goes on" + System.lineSeparator());
        }
    }

    @Test
    void showsWhatOutputRailsLetThroughWhileTheRestIsBeingWritten() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.respond(received -> Response.stream("It ", "goes ", "on ", "to ", "a ", "secret ", "end.")
                    .heldAfter(6, rest));
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl())
                    .with("OPENAI_API_KEY", "key")
                    .file(
                            "config/config.yml",
                            checkingOutput("streaming: {enabled: true, chunk_size: 2, context_size: 1}"));

            Thread chat = new Thread(() -> cli.typing("Hello!\n").run("chat"));
            chat.start();

            await().until(() -> cli.out().contains("bot> It goes"));
            rest.countDown();
            chat.join();
            assertThat(cli.out())
                    .contains("blocked> by regex check output", "[output] regex check output: blocked")
                    .doesNotContain("a secret");
        }
    }

    @Test
    void showsAnAnswerWholeIfOutputRailsMayNotLookAtStreams() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("It ends well.")) {
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl())
                    .with("OPENAI_API_KEY", "key")
                    .file("config/config.yml", checkingOutput("parallel: false"));

            assertThat(cli.typing("one\ntwo\n").run("chat")).isZero();

            assertThat(cli.out().lines().filter(line -> line.equals("bot> It ends well.")))
                    .hasSize(2);
            assertThat(upstream.received()).hasSize(2);
            assertThat(upstream.received().get(1).body()).contains("one", "It ends well.", "two");
        }
    }

    @Test
    void letsNoModelTellTheTerminalWhatToDo() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.respond(received -> Response.stream("a\u001b[2J", "\u009b2J\u0007b\r\nc\td"));
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl()).with("OPENAI_API_KEY", "key");

            assertThat(cli.typing("Hello!\n").run("chat")).isZero();

            assertThat(cli.out()).contains("bot> a·[2J·2J·b\nc\td");
        }
    }

    @Test
    void saysThatAnAnswerBrokeOffAndTakesTheTurnBack() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.respondInTurn(Response.stream("It ", "goes ", "on").brokenOffAfter(2), Response.stream("fine"));
            cli.with("MAIN_MODEL_BASE_URL", upstream.baseUrl()).with("OPENAI_API_KEY", "key");

            assertThat(cli.typing("first\nsecond\n").run("chat")).isZero();

            assertThat(cli.out().lines()).contains("bot> It ", "bot> fine");
            assertThat(cli.out()).contains("error> ");
            assertThat(upstream.received().get(1).body()).contains("second").doesNotContain("first");
        }
    }

    private static String checkingOutput(String setting) {
        return """
                models:
                  - {type: main, engine: demo, model: demo}
                rails:
                  config: {regex_detection: {output: {patterns: ["secret"]}}}
                  output:
                    flows: [regex check output]
                    %s
                """.formatted(setting);
    }

    @Test
    void asksWhichOfSeveralConfigurationsIsMeant() {
        cli.file("all/one/config.yml", CONFIG).file("all/two/config.yml", CONFIG);

        assertThat(cli.run("chat", "--config", "all")).isEqualTo(1);

        assertThat(cli.err()).contains("--config-id: one, two");
    }

    @Test
    void saysWhichConfigurationsThereAreIfOneIsNot() {
        cli.file("all/one/config.yml", CONFIG).file("all/two/config.yml", CONFIG);

        assertThat(cli.run("chat", "--config", "all", "--config-id", "tow")).isEqualTo(1);

        assertThat(cli.err()).contains("no configuration 'tow'", "did you mean 'two'?", "one, two");
    }

    @Test
    void namesTheMistakesOfABrokenConfiguration() {
        cli.file("config/config.yml", "rails: 7\n");

        assertThat(cli.run("chat")).isEqualTo(1);

        assertThat(cli.out()).contains("config.yml:1");
        assertThat(cli.err()).contains("cannot be used");
    }
}
