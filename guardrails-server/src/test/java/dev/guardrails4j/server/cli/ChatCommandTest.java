package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.ScriptedUpstream;
import java.nio.file.Path;
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
