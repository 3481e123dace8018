package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RailsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void listsEachRailWithItsStagesAndWhatItIsFor() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("rails")).isZero();

        assertThat(cli.out().lines())
                .anySatisfy(line -> assertThat(line).matches("RAIL +STAGES +JAR +DESCRIPTION"))
                .anySatisfy(line -> assertThat(line).matches("self check input +input +\\S+ +\\S.*"));
    }

    @Test
    void saysWhichJarCannotBeUsedAndWhy() {
        Cli cli = new Cli(folder).file("plugins/broken.jar", "no jar");

        assertThat(cli.run("rails")).isEqualTo(1);

        assertThat(cli.out()).contains("self check input", "1 problem with plug-ins:", "  broken.jar: ");
    }

    @Test
    void looksIntoTheNamedFoldersOnly() {
        Cli cli = new Cli(folder).file("plugins/broken.jar", "no jar").file("mine/other.jar", "no jar");

        assertThat(cli.run("rails", "--plugins", "mine")).isEqualTo(1);

        assertThat(cli.out()).contains("other.jar: ").doesNotContain("broken.jar");
    }

    @Test
    void refusesAPluginFolderThatIsNotThere() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("rails", "--plugins", "nowhere")).isEqualTo(2);

        assertThat(cli.err()).contains("--plugins", "there is no folder");
    }

    @Test
    void tellsAllOfOneRail() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("rails", "content safety check input")).isZero();

        assertThat(cli.out().lines())
                .contains(
                        "content safety check input",
                        "  sends text to  the model that $model names",
                        "Settings in rails.config:")
                .anySatisfy(line -> assertThat(line).matches(" +enabled +true \\| false, default false .*"));
    }

    @Test
    void suggestsTheRailThatWasMeant() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("rails", "content safty check input")).isEqualTo(1);

        assertThat(cli.err())
                .contains("there is no rail 'content safty check input'; did you mean 'content safety check input'?");
    }
}
