package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher has to do with it is in {@code DistributionIT}. */
class WarmCommandTest {

    @TempDir
    private Path folder;

    @Test
    void saysThatOnlyTheLauncherCanMakeACache() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("warm")).isEqualTo(1);
        assertThat(cli.err())
                .isEqualToIgnoringNewLines(
                        "guardrails: a start-up cache can be made only by the launcher, bin/guardrails of a distribution");
    }

    @Test
    void tellsWhatTheCacheIsForAndWhereItLies() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("warm", "--help")).isZero();
        assertThat(cli.out()).contains("GUARDRAILS_CACHE", "GUARDRAILS_JAVA_OPTS", "make it again");
    }

    @Test
    void takesNoArguments() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("warm", "server")).isEqualTo(2);
        assertThat(cli.err()).contains("'server'", "warm --help");
    }
}
