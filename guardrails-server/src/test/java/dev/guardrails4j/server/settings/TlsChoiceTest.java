package dev.guardrails4j.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.server.tls.TlsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsChoiceTest {

    @TempDir
    private Path folder;

    private Optional<TlsSettings> read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("server.yml"), yaml);
            Map<String, String> environment = Map.of("STORE_PASSWORD", "open sesame");
            return FileSettings.read(Optional.of(file), List.of(), name -> Optional.ofNullable(environment.get(name)))
                    .tls()
                    .settings(folder::resolve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsWhereTheCertificateIs() {
        assertThat(read("{}")).isEmpty();
        assertThat(read("tls: {certificate: a.crt, key: a.key, client_ca: ca.crt}"))
                .contains(new TlsSettings(
                        new TlsSettings.Pem(folder.resolve("a.crt"), folder.resolve("a.key")),
                        Optional.of(folder.resolve("ca.crt"))));
        assertThat(read("tls: {keystore: a.p12, password_env_var: STORE_PASSWORD}"))
                .contains(new TlsSettings(
                        new TlsSettings.Store(folder.resolve("a.p12"), "open sesame"), Optional.empty()))
                .hasValueSatisfying(settings -> assertThat(settings.toString()).doesNotContain("sesame"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate: a.crt | tls.certificate: goes with a key",
                "key: a.key | tls.certificate: goes with a key",
                "certificate: a, key: b, keystore: c, password_env_var: STORE_PASSWORD | without a keystore",
                "keystore: a.p12 | tls.keystore: needs password_env_var",
                "client_ca: a.crt | tls.certificate: is missing",
                "keystore: a.p12, password_env_var: UNSET | names an environment variable that is not set",
                "certificat: a.crt | did you mean 'certificate'?",
            })
    void saysWhatIsWrong(String tls, String problem) {
        assertThatThrownBy(() -> read("tls: {%s}".formatted(tls)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("server.yml:1: ")
                .hasMessageContaining(problem);
    }
}
