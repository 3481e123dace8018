package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void helpNamesEveryCommandAndTheFirstSteps() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("--help")).isZero();

        assertThat(cli.out())
                .contains("server", "chat", "validate", "rails", "First steps:", "guardrails validate my-configs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "chat", "validate", "rails"})
    void helpOfEachCommandHasExamples(String command) {
        Cli cli = new Cli(folder);

        assertThat(cli.run(command, "--help")).isZero();

        assertThat(cli.out()).contains("Usage: guardrails " + command, "Examples:", "  guardrails " + command);
    }

    @Test
    void versionNamesTheJava() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("--version")).isZero();

        assertThat(cli.out()).startsWith("Guardrails4J ").contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void asksForACommand() {
        Cli cli = new Cli(folder);

        assertThat(cli.run()).isEqualTo(2);

        assertThat(cli.err()).contains("subcommand", "'guardrails --help'");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("validat")).isEqualTo(2);

        assertThat(cli.err()).contains("there is no command 'validat' here; did you mean 'validate'?");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("server", "--prot", "8000")).isEqualTo(2);

        assertThat(cli.err())
                .contains("there is no option '--prot' here; did you mean '--port'?", "'guardrails server --help'");
    }

    @Test
    void explainsAnOptionThatIsMissingItsValue() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("server", "--port")).isEqualTo(2);

        assertThat(cli.err()).contains("--port", "'guardrails server --help'");
    }
}
