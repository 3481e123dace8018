package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.server.access.KeyHash;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest {

    @TempDir
    private Path folder;

    @Test
    void makesAKeyAndTheLinesThatLetTheServerKnowIt() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("keys", "new", "support-app")).isZero();

        String key = cli.out().strip();
        assertThat(key).matches("g4j_[A-Za-z0-9_-]{43}");
        assertThat(cli.err()).isEqualToNormalizingNewlines("""
                - name: support-app
                  sha256: %s
                """.indent(2).formatted(KeyHash.of(key)));
    }

    @Test
    void makesAnotherKeyEachTime() {
        Cli one = new Cli(folder);
        Cli two = new Cli(folder);
        one.run("keys", "new", "app");
        two.run("keys", "new", "app");

        assertThat(one.out()).isNotEqualTo(two.out());
    }

    @Test
    void refusesANameThatCannotBeOne() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("keys", "new", "my app")).isEqualTo(2);
        assertThat(cli.err()).contains("NAME must be a name of 1 to 64 letters, digits and . _ -");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void hashesAKeyThatIsTyped() {
        String key = "0123456789abcdef0123456789abcdef";
        Cli cli = new Cli(folder).typing(key + "\n");

        assertThat(cli.run("keys", "hash")).isZero();
        assertThat(cli.out().strip()).isEqualTo(KeyHash.of(key).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2\n", "0123456789abcdef 0123456789abcdef\n"})
    void refusesToHashWhatPeopleThinkOf(String typed) {
        Cli cli = new Cli(folder).typing(typed);

        assertThat(cli.run("keys", "hash")).isEqualTo(1);
        assertThat(cli.err()).contains("'guardrails keys new' makes one").doesNotContain("hunter2");
    }

    @Test
    void saysWhatThereIsIfNothingIsSaid() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("keys")).isEqualTo(2);
        assertThat(cli.err()).contains("'guardrails keys --help'");
    }
}
