package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN 8: without API keys, configurations are written from this machine only")
class LocalClientsTest {

    private static final String CONFIGS = "/apis/guardrails/v2/workspaces/default/configs";

    @TempDir
    private Path folder;

    private final ConfigStore store = ConfigStores.memory(ConfigLimits.DEFAULT);
    private RunningServer server;

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private void start(String host, AllowedOrigins origins) {
        ServerSettings settings =
                ServerSettings.on(host, 0).allowedOrigins(origins).build();
        server = RunningServer.start(folder, settings, Map.of(), store);
    }

    /** Sends what a client of the JDK would not: any header. */
    private int status(String host, String method, String path, String header) throws Exception {
        String body = "{\"name\": \"one\"}";
        try (Socket socket = new Socket(host, server.port())) {
            OutputStream sent = socket.getOutputStream();
            sent.write(
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
                            .formatted(method, path, body.length(), header.isEmpty() ? "" : header + "\r\n", body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream received = socket.getInputStream();
            return Integer.parseInt(new String(received.readAllBytes(), StandardCharsets.UTF_8).split(" ", 3)[1]);
        }
    }

    @Test
    void refusesAnotherMachinesWritesAndLetsItRead() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .filter(LocalClientsTest::isNoLoopback)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .findFirst();
        assumeTrue(own.isPresent(), "needs a network");
        start("0.0.0.0", AllowedOrigins.NONE);
        String address = own.orElseThrow().getHostAddress();

        assertThat(status(address, "POST", CONFIGS, "")).isEqualTo(403);
        assertThat(status(address, "PATCH", CONFIGS + "/one", "")).isEqualTo(403);
        assertThat(status(address, "DELETE", CONFIGS + "/one", "")).isEqualTo(403);
        assertThat(status(address, "GET", CONFIGS, "")).isEqualTo(200);
        assertThat(store.entries()).isEmpty();
        assertThat(status("127.0.0.1", "POST", CONFIGS, "")).isEqualTo(201);
    }

    private static boolean isNoLoopback(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.7",
                "Forwarded: for=203.0.113.7",
                "X-Real-IP: 203.0.113.7",
                "Via: 1.1 proxy",
                "Origin: http://evil.example:8000",
                "Origin: null",
                "Origin: http://127.0.0.1.evil.example",
                "Origin: http://abc",
                "Origin: http://[bad",
            })
    void refusesWhatComesFromElsewhereThroughThisMachine(String header) throws Exception {
        start("127.0.0.1", AllowedOrigins.NONE);

        assertThat(status("127.0.0.1", "POST", CONFIGS, header)).isEqualTo(403);
        assertThat(store.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Origin: http://localhost:8000", "Origin: http://127.0.0.1:3000", "Origin: http://[::1]:8000"})
    void letsInPagesOfThisMachine(String header) throws Exception {
        start("127.0.0.1", AllowedOrigins.NONE);

        assertThat(status("127.0.0.1", "POST", CONFIGS, header)).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"https://app.example.com, 201", "*, 403"})
    void letsInPagesThatTheOperatorNames(String allowed, int status) throws Exception {
        start("127.0.0.1", AllowedOrigins.parse(allowed));

        assertThat(status("127.0.0.1", "POST", CONFIGS, "Origin: https://app.example.com"))
                .isEqualTo(status);
    }
}
