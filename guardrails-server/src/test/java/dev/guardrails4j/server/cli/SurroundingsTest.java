package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {

    private final Cli cli = new Cli(Path.of("/work/here"));

    @ParameterizedTest
    @CsvSource({
        "configs, /work/here/configs",
        "configs/, /work/here/configs",
        "./configs, /work/here/configs",
        "../configs, /work/configs",
        "/configs/, /configs",
        "~, /work/here/home",
        "~/, /work/here/home",
        "~/configs, /work/here/home/configs",
        "~other, /work/here/~other"
    })
    void readsPathsAsAShellWould(String text, Path path) {
        assertThat(cli.surroundings().path(text)).isEqualTo(path);
    }

    @Test
    void keepsCopiesOfPluginsInTheUsersCache() {
        assertThat(cli.surroundings().pluginCopies()).isEqualTo(Path.of("/work/here/home/.cache/guardrails4j/plugins"));
        assertThat(cli.with("XDG_CACHE_HOME", "/cache").surroundings().pluginCopies())
                .isEqualTo(Path.of("/cache/guardrails4j/plugins"));
    }
}
