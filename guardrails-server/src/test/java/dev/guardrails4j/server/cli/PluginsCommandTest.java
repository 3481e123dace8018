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
}
