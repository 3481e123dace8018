package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void listsEachPluginWithItsVersionAndWhatItBrings() throws IOException {
        new JarBuilder()
                .rail("com.acme.CatRail", "no cats")
                .resource("META-INF/guardrails/plugin.yml", "version: 1.2.0\nvendor: Acme\napi: ^0.1")
                .writeTo(folder.resolve("plugins/acme.jar"));
        Cli cli = new Cli(folder);

        assertThat(cli.run("plugins")).isZero();

        assertThat(cli.out().lines())
                .anySatisfy(line -> assertThat(line).matches("PLUG-IN +VERSION +VENDOR +FROM +BRINGS"))
                .anySatisfy(line -> assertThat(line).matches("acme.jar +1.2.0 +Acme +plugins +rail no cats"));
    }

    @Test
    void saysWhichPluginCannotBeUsedAndWhy() {
        Cli cli = new Cli(folder).file("plugins/broken.jar", "no jar");

        assertThat(cli.run("plugins")).isEqualTo(1);

        assertThat(cli.out()).contains("1 problem with plug-ins:", "  broken.jar: ");
    }

    @Test
    void letsInOnlyWhatIsOnTheAllowlist() throws IOException {
        new JarBuilder().rail("com.acme.CatRail", "no cats").writeTo(folder.resolve("plugins/acme.jar"));
        Cli cli = new Cli(folder).file("allowed.txt", "# nothing yet\n" + "0".repeat(64) + "  other.jar\n");

        assertThat(cli.run("plugins", "--plugin-allowlist", "allowed.txt")).isEqualTo(1);

        assertThat(cli.out()).contains("acme.jar is not on the allow-list").doesNotContain("no cats");
    }

    @Test
    void refusesAnAllowlistThatCannotBeUsed() {
        Cli cli = new Cli(folder).file("allowed.txt", "\nno sum\n").with("GUARDRAILS_PLUGIN_ALLOWLIST", "allowed.txt");

        assertThat(cli.run("plugins")).isEqualTo(1);

        assertThat(cli.err()).contains("allowed.txt:2 must be a SHA-256 sum");
    }

    @Test
    void verifiesAJarAndPrintsTheLineForTheAllowlist() throws IOException {
        new JarBuilder().rail("com.acme.CatRail", "no cats").writeTo(folder.resolve("acme.jar"));
        Cli cli = new Cli(folder);

        assertThat(cli.run("plugins", "verify", "acme.jar")).isZero();
        assertThat(cli.out().lines().findFirst().orElseThrow()).matches("[0-9a-f]{64}  acme.jar");
        assertThat(cli.out()).contains("  rail      com.acme.CatRail (Java 17)");

        Cli listed = new Cli(folder)
                .file("allowed.txt", cli.out().lines().findFirst().orElseThrow());
        assertThat(listed.run("plugins", "verify", "acme.jar", "--plugin-allowlist", "allowed.txt"))
                .isZero();
    }

    @Test
    void helpIsThereForTheSubcommandToo() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("plugins", "verify", "--help")).isZero();

        assertThat(cli.out()).contains("Tells what a jar would register");
    }
}
