package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.server.tls.TlsSettings;
import dev.guardrails4j.server.tls.TlsSettings.Pem;
import dev.guardrails4j.server.tls.TlsSettings.Store;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With certificates that the JDK's keytool makes. */
@DisplayName("Issue 7, security: TLS with reload and client certificates")
class TlsTest {

    private static final String SECRET = "changeit";
    private static final String HELLO = "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private Optional<RunningServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        upstream.close();
    }

    /** A key store with a certificate of this name for this machine. */
    private Path store(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        SECRET)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }

    private static KeyStore read(Path store) throws Exception {
        return KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
    }

    private Path certificate(Path store) throws Exception {
        return replace(
                "server.crt",
                pem("CERTIFICATE", read(store).getCertificate("one").getEncoded()));
    }

    private Path key(Path store) throws Exception {
        return replace(
                "server.key",
                pem(
                        "PRIVATE KEY",
                        read(store).getKey("one", SECRET.toCharArray()).getEncoded()));
    }

    private Path replace(String name, String content) throws IOException {
        Path written = Files.writeString(folder.resolve(name + ".new"), content);
        return Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private RunningServer start(TlsSettings tls) {
        RunningServer started = RunningServer.start(
                ConfigRoot.standard(folder.resolve("configs"), upstream.baseUrl())
                        .folder(),
                ServerSettings.on("127.0.0.1", 0)
                        .defaultConfigId(Optional.of("pass"))
                        .tls(Optional.of(tls))
                        .build());
        server = Optional.of(started);
        return started;
    }

    private static SSLContext trusting(Path store, Optional<Path> own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", read(store).getCertificate("one"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        if (own.isPresent()) {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read(own.get()), SECRET.toCharArray());
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        } else {
            context.init(null, trust.getTrustManagers(), null);
        }
        return context;
    }

    private static HttpResponse<String> chat(RunningServer server, SSLContext context, HttpClient.Version version)
            throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(version)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + CHAT))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(HELLO))
                                .build(),
                        BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void servesWithAPemCertificate(HttpClient.Version version) throws Exception {
        Path store = store("first");
        RunningServer server = start(new TlsSettings(new Pem(certificate(store), key(store)), Optional.empty()));

        HttpResponse<String> answer = chat(server, trusting(store, Optional.empty()), version);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(answer.body()).contains("Hello to you.");
    }

    @Test
    void servesWithAKeyStore() throws Exception {
        Path store = store("first");
        RunningServer server = start(new TlsSettings(new Store(store, SECRET), Optional.empty()));

        assertThat(chat(server, trusting(store, Optional.empty()), HttpClient.Version.HTTP_1_1)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void refusesWhatIsOlderThanTls12(String protocol) throws Exception {
        Path store = store("first");
        RunningServer server = start(new TlsSettings(new Store(store, SECRET), Optional.empty()));
        try (SSLSocket socket = (SSLSocket)
                trusting(store, Optional.empty()).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setEnabledProtocols(new String[] {protocol});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void takesUpAnotherCertificateAndKeepsTheConnectionsThereAre() throws Exception {
        Path first = store("first");
        Path second = store("second");
        RunningServer server = start(new TlsSettings(new Pem(certificate(first), key(first)), Optional.empty()));
        try (Socket kept =
                trusting(first, Optional.empty()).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            assertThat(get(kept)).contains("200 OK");

            certificate(second);
            key(second);

            await().until(() -> presented(server, second).equals("CN=second"));
            assertThat(get(kept)).contains("200 OK");
        }
    }

    private static String presented(RunningServer server, Path trusted) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                trusting(trusted, Optional.empty()).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLException old) {
            return "";
        }
    }

    /** Asks on a connection that is kept. */
    private static String get(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.US_ASCII).endsWith("}")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void keepsItsCertificateWhenANewOneIsBroken() throws Exception {
        Path first = store("first");
        TlsSettings settings = new TlsSettings(new Pem(certificate(first), key(first)), Optional.empty());
        RunningServer server = start(settings);
        replace("server.crt", "no certificate");
        assertThatThrownBy(settings::identity).isInstanceOf(RailConfigurationException.class);
        Path second = store("second");

        assertThat(presented(server, first)).isEqualTo("CN=first");
        certificate(second);
        key(second);
        await().until(() -> presented(server, second).equals("CN=second"));
    }

    @Test
    void asksClientsForACertificateWhereItIsToldTo() throws Exception {
        Path store = store("first");
        Path client = store("client");
        Path stranger = store("stranger");
        Path authority = replace(
                "clients.crt",
                pem("CERTIFICATE", read(client).getCertificate("one").getEncoded()));
        RunningServer server = start(new TlsSettings(new Store(store, SECRET), Optional.of(authority)));

        assertThat(chat(server, trusting(store, Optional.of(client)), HttpClient.Version.HTTP_1_1)
                        .statusCode())
                .isEqualTo(200);
        for (Optional<Path> other : List.of(Optional.<Path>empty(), Optional.of(stranger))) {
            assertThatThrownBy(() -> chat(server, trusting(store, other), HttpClient.Version.HTTP_1_1))
                    .isInstanceOf(IOException.class);
        }
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void doesNotStartWithFilesThatCannotBeUsed() throws Exception {
        Path store = store("first");

        assertThatThrownBy(() -> start(new TlsSettings(new Store(store, "wrong"), Optional.empty())))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("first.p12")
                .hasMessageNotContaining("wrong'");
        assertThatThrownBy(
                        () -> start(new TlsSettings(new Pem(certificate(store), certificate(store)), Optional.empty())))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("server.crt' holds no key of PKCS #8");
    }

    /** A client that goes away under TLS is noticed, and harms nobody: {@link ClientWatch}. */
    @Test
    void survivesClientsThatGoAway() throws Exception {
        Path store = store("first");
        RunningServer server = start(new TlsSettings(new Store(store, SECRET), Optional.empty()));
        for (int i = 0; i < 5; i++) {
            try (Socket socket =
                    trusting(store, Optional.empty()).getSocketFactory().createSocket("127.0.0.1", server.port())) {
                socket.getOutputStream()
                        .write(("POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(chat(server, trusting(store, Optional.empty()), HttpClient.Version.HTTP_1_1)
                        .statusCode())
                .isEqualTo(200);
    }
}
