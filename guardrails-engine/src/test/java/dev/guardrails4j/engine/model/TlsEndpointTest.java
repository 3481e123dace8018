package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.TlsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that rails ask over TLS: certificates, keys and sockets are real. */
@Timeout(60)
class TlsEndpointTest {

    @TempDir
    private static Path folder;

    private final ModelHttpClient client = new ModelHttpClient();
    private final List<ModelHttpClient> own = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        TlsServer.makeCertificate(folder, "server");
        TlsServer.makeCertificate(folder, "client");
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----");
        Files.writeString(folder.resolve("large.pem"), "x".repeat(1024 * 1024 + 1));
    }

    @AfterEach
    void close() {
        own.forEach(ModelHttpClient::close);
        client.close();
    }

    @Test
    void trustsNoServerThatNobodyVouchesFor() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "server", "")) {
            assertThatThrownBy(() -> ask(server, TlsOptions.DEFAULT))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("the model could not be reached: no trusted TLS connection can be made");
        }
    }

    @Test
    void trustsTheAuthoritiesThatItIsGiven() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "server", "")) {
            assertThat(ask(server, authorities("server.pem"))).isEqualTo(true);
            assertThatThrownBy(() -> ask(server, authorities("client.pem"))).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void trustsAnybodyIfItIsToldTo() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "server", "")) {
            assertThat(ask(server, new TlsOptions(false, Optional.empty(), Optional.empty(), Optional.empty())))
                    .isEqualTo(true);
        }
    }

    @Test
    void showsItsCertificateToAServerThatAsksForIt() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "server", "client")) {
            assertThat(ask(server, certificate("client.pem", "client.key"))).isEqualTo(true);
            assertThatThrownBy(() -> ask(server, authorities("server.pem"))).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void givesBackTheConnectionsOfItsOwnToBeClosed() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "server", "")) {
            ask(server, authorities("server.pem"));

            assertThat(own).hasSize(1);
            assertThatThrownBy(() -> ask(server, TlsOptions.DEFAULT)).isInstanceOf(ModelException.class);
            assertThat(own).hasSize(1);
        }
    }

    @Test
    void saysWhichFileIsWrongAndNotWhatIsInIt() {
        assertThatThrownBy(() -> connect(authorities("empty.pem")))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("'classifier' cannot be connected")
                .hasMessageContaining("empty.pem")
                .hasMessageContaining("holds no certificates in PEM");
        assertThatThrownBy(() -> connect(authorities("server.key"))).hasMessageContaining("holds no certificates");
        assertThatThrownBy(() -> connect(authorities("missing.pem"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> connect(authorities("large.pem"))).hasMessageContaining("longer than 1048576 bytes");
        assertThatThrownBy(() -> connect(certificate("client.pem", "broken.key")))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> connect(certificate("client.pem", "client.pem")))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    private Object ask(TlsServer server, TlsOptions tls) {
        return new EndpointConnector(client)
                .connect(EndpointAddress.of("classifier", server.uri()).withTls(tls), own::add)
                .post("hello", TestDeadline.far());
    }

    private void connect(TlsOptions tls) {
        new EndpointConnector(client)
                .connect(
                        EndpointAddress.of("classifier", java.net.URI.create("https://127.0.0.1:1/"))
                                .withTls(tls),
                        own::add);
    }

    private static TlsOptions authorities(String file) {
        return new TlsOptions(true, Optional.of(folder.resolve(file)), Optional.empty(), Optional.empty());
    }

    private static TlsOptions certificate(String certificate, String key) {
        return new TlsOptions(
                true,
                Optional.of(folder.resolve("server.pem")),
                Optional.of(folder.resolve(certificate)),
                Optional.of(folder.resolve(key)));
    }
}
