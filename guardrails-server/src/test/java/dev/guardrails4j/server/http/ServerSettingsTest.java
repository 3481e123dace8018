package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"guard", "/a//b", "/a b", "/{x}", "/a*", "//", "/a?b"})
    void refusesPrefixesThatAreNoPath(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, prefix, 1))
                .withMessageContaining("prefix '");
    }

    @Test
    void dropsASlashAtTheEndOfThePrefix() {
        assertThat(settings(0, "/", 1).prefix()).isEmpty();
        assertThat(settings(0, "/a/b/", 1).prefix()).isEqualTo("/a/b");
    }

    @Test
    void refusesPortsAndLimitsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(-1, "", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(65_536, "", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, "", Integer.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdmissionSettings(Optional.of(0), Optional.empty(), 0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        8_192,
                        1));
    }

    private static ServerSettings settings(int port, String prefix, int maxBodyBytes) {
        return ServerSettings.on("127.0.0.1", port)
                .prefix(prefix)
                .maxBodyBytes(maxBodyBytes)
                .build();
    }
}
