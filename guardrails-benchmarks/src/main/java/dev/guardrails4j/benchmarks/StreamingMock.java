package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A model endpoint on 127.0.0.1 that answers every request with the same stream: a number of words, one an event, a fixed
 * time apart. One thread serves a connection. Safe for several threads.
 */
final class StreamingMock implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final ServerSocket listening;
    private final int tokens;
    private final Duration gap;

    private StreamingMock(ServerSocket listening, int tokens, Duration gap) {
        this.listening = listening;
        this.tokens = tokens;
        this.gap = gap;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param tokens how many words it says
     * @param gap between one and the next; the first comes at once
     */
    static StreamingMock start(int port, int tokens, Duration gap) {
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            StreamingMock mock = new StreamingMock(new ServerSocket(port, BACKLOG, here), tokens, gap);
            daemon(mock::accept).start();
            return mock;
        } catch (IOException e) {
            throw new UncheckedIOException("the streaming mock cannot listen", e);
        }
    }

    /** As a client wants it, {@code http://127.0.0.1:PORT/v1}. */
    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the streaming mock cannot be closed", e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                daemon(() -> serve(connection)).start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "streaming-mock");
        thread.setDaemon(true);
        return thread;
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            HttpFraming requests = HttpFraming.ofRequests();
            byte[] buffer = new byte[64 * 1024];
            int count = connection.getInputStream().read(buffer);
            while (count > 0) {
                int at = 0;
                while (at < count) {
                    at = requests.consume(buffer, at, count);
                    if (requests.isComplete()) {
                        stream(connection.getOutputStream());
                    }
                }
                count = connection.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            return; // a client that breaks off is its own affair
        }
    }

    private void stream(OutputStream out) throws IOException {
        out.write(ascii(HEAD));
        send(out, event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        long dueNanos = System.nanoTime();
        for (int i = 0; i < tokens; i++) {
            while (System.nanoTime() < dueNanos) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
            send(out, event("{\"content\":\"word" + i + " \"}", "null"));
            dueNanos += gap.toNanos();
        }
        send(out, event("{}", "\"stop\""));
        send(out, "data: [DONE]\n\n");
        out.write(ascii("0\r\n\r\n"));
        out.flush();
    }

    private static String event(String delta, String finishReason) {
        return "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\""
                + MockAnswers.MODEL + "\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + finishReason + "}]}\n\n";
    }

    private static void send(OutputStream out, String event) throws IOException {
        out.write(ascii(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n"));
        out.flush();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
