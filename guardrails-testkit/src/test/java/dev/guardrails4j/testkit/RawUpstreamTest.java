package dev.guardrails4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RawUpstreamTest {

    @Test
    void answersByteByByteWhatItIsTold() throws IOException {
        AtomicReference<String> received = new AtomicReference<>("");
        try (RawUpstream upstream = RawUpstream.start(call -> {
            received.set(call.request());
            call.send("HTTP/1.1 200 OK\r\nContent-Le");
        })) {
            assertThat(ask(upstream, "POST /v1 HTTP/1.1\r\ncontent-length: 3\r\n\r\nHi!"))
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Le");
            assertThat(received.get()).endsWith("\r\n\r\nHi!");
            assertThat(upstream.calls()).isEqualTo(1);
        }
    }

    @Test
    void resets() {
        try (RawUpstream upstream = RawUpstream.start(RawUpstream.Call::reset)) {
            assertThatThrownBy(() -> ask(upstream, "GET / HTTP/1.1\r\n\r\n")).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void hangsUntilTheClientHasGone() throws IOException {
        try (RawUpstream upstream = RawUpstream.start(RawUpstream.Call::hang)) {
            try (Socket socket = connect(upstream)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> upstream.calls() == 1);
                assertThat(upstream.openConnections()).isEqualTo(1);
            }
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    private static Socket connect(RawUpstream upstream) throws IOException {
        return new Socket("127.0.0.1", URI.create(upstream.baseUrl()).getPort());
    }

    private static String ask(RawUpstream upstream, String request) throws IOException {
        try (Socket socket = connect(upstream)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
