package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

    private static final String GOOD = """
            models:
              - type: main
                engine: demo
            """;
    private static final String BAD = """
            models:
              - type: main
                engine: demo
            rails:
              input:
                flows:
                  - self chekc input
              outputs:
                flows: []
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    @Test
    void saysThatAConfigurationIsGood() {
        cli.file("good/config.yml", GOOD);

        assertThat(cli.run("validate", "good")).isZero();

        assertThat(cli.out()).isEqualToNormalizingNewlines("good: ok\n");
    }

    @Test
    void findsEveryMistakeAtOnceWithFileAndLine() {
        cli.file("bad/config.yml", BAD);

        assertThat(cli.run("validate", "bad/")).isEqualTo(1);

        assertThat(cli.out())
                .contains("bad: 2 errors")
                .contains("config.yml:7: ", "self chekc input", "did you mean 'self check input'?")
                .contains("config.yml:8: ", "outputs");
    }

    @Test
    void validatesEachConfigurationOfAFolder() {
        cli.file("all/good/config.yml", GOOD).file("all/bad/config.yml", BAD);

        assertThat(cli.run("validate", "all")).isEqualTo(1);

        assertThat(cli.out()).contains("good: ok", "bad: 2 errors", "2 configurations, 1 cannot be used");
    }

    @Test
    void refusesAFolderWithoutConfigurations() {
        cli.file("empty/readme.txt", "nothing here");

        assertThat(cli.run("validate", "empty")).isEqualTo(1);

        assertThat(cli.err()).contains("no configuration in " + folder.resolve("empty"), "config.yml");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThat(cli.run("validate", "nowhere")).isEqualTo(2);

        assertThat(cli.err()).contains("there is no folder " + folder.resolve("nowhere"));
    }

    @Test
    void refusesAFile() {
        cli.file("good/config.yml", GOOD);

        assertThat(cli.run("validate", "good/config.yml")).isEqualTo(2);

        assertThat(cli.err()).contains("is a file; name the folder");
    }

    @Test
    void takesVariablesFromTheEnvironment() {
        cli.file("good/config.yml", GOOD + "instructions:\n  - type: general\n    content: ${GREETING}\n");

        assertThat(cli.run("validate", "good")).isEqualTo(1);
        assertThat(cli.out()).contains("GREETING");

        assertThat(cli.with("GREETING", "Be kind.").run("validate", "good")).isZero();
    }
}
