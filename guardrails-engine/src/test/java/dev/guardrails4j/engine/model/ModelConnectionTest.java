package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that wait to be used again. Their calls have one attempt: none may be lost. */
@Timeout(60)
class ModelConnectionTest {

    private static final byte[] BODY = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    private static Path folder;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ModelHttpClient plain = new ModelHttpClient();
    private final ModelHttpClient secure =
            plain.with(new TlsOptions(false, Optional.empty(), Optional.empty(), Optional.empty()));

    @BeforeAll
    static void makeCertificate() throws Exception {
        TlsServer.makeCertificate(folder, "server");
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        secure.close();
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areUsedAgain(boolean isSecure) throws Exception {
        try (ServerSocket server = listen(isSecure);
                Socket connection = answeredOnANewOne(server, isSecure)) {
            Future<HttpAnswer> second = ask(server, isSecure);
            answer(connection);

            assertThat(second.get().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNotUsedOnceTheServerHasClosedThem(boolean isSecure) throws Exception {
        try (ServerSocket server = listen(isSecure)) {
            answeredOnANewOne(server, isSecure).close();
            letItCome(isSecure);

            answeredOnANewOne(server, isSecure).close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNotUsedOnceTheServerHasSaidWhatNobodyAsked(boolean isSecure) throws Exception {
        try (ServerSocket server = listen(isSecure);
                Socket connection = answeredOnANewOne(server, isSecure)) {
            send(connection, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            letItCome(isSecure);

            answeredOnANewOne(server, isSecure).close();
        }
    }

    /** What was sent over the loopback has come by the time another connection has been opened and used. */
    private void letItCome(boolean isSecure) throws Exception {
        try (ServerSocket other = listen(isSecure)) {
            answeredOnANewOne(other, isSecure).close();
        }
    }

    /** Has a call answered, which must open a connection; fails if it uses another. */
    private Socket answeredOnANewOne(ServerSocket server, boolean isSecure) throws Exception {
        Future<HttpAnswer> call = ask(server, isSecure);
        Socket connection = server.accept();
        answer(connection);
        assertThat(call.get().status()).isEqualTo(200);
        return connection;
    }

    private static ServerSocket listen(boolean isSecure) throws Exception {
        ServerSocketFactory sockets = isSecure
                ? TlsServer.context(folder, "server", "").getServerSocketFactory()
                : ServerSocketFactory.getDefault();
        ServerSocket server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
        return server;
    }

    private Future<HttpAnswer> ask(ServerSocket server, boolean isSecure) {
        URI uri = URI.create((isSecure ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort() + "/");
        Endpoint endpoint = new Endpoint(
                uri,
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                new Endpoint.Patience(Duration.ofSeconds(30), Duration.ofSeconds(10), 1));
        return callers.submit(() -> (isSecure ? secure : plain).post(endpoint, uri, BODY, TestDeadline.far()));
    }

    /** Reads a request to its end, and answers. */
    private static void answer(Socket connection) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\nhello") < 0) {
            int next = connection.getInputStream().read();
            assertThat(next).as("the next byte of a request").isNotNegative();
            request.append((char) next);
        }
        send(connection, ANSWER);
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
