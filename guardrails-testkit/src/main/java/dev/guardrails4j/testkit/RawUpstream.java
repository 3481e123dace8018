package dev.guardrails4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of 127.0.0.1 that answers, byte by byte, what no HTTP server would: half a head, a chunk without its end, a reset,
 * nothing at all. What is fit for {@link ScriptedUpstream} is easier told there.
 *
 * <pre>{@code
 * try (RawUpstream upstream = RawUpstream.start(call -> {
 *     call.send("HTTP/1.1 200 OK\r\nContent-Le");
 *     call.reset();
 * })) {
 *     ... // talk to a model whose base_url is upstream.baseUrl()
 * }
 * }</pre>
 *
 * <p>Each connection has a thread of its own, and brings one request. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class RawUpstream implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final Answer answer;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();

    private RawUpstream(Answer answer) {
        this.answer = answer;
        try {
            socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port of 127.0.0.1 can be opened", e);
        }
        daemon(this::accept);
    }

    /** How a request is answered. */
    @FunctionalInterface
    public interface Answer {

        /**
         * Answers. When it returns, the connection's sending side is closed, and what the client still sends is read.
         *
         * @throws IOException if the client has gone, which ends the connection
         */
        void to(Call call) throws IOException;
    }

    /** Starts an endpoint on a free port. */
    public static RawUpstream start(Answer answer) {
        return new RawUpstream(answer);
    }

    /** What a model's {@code base_url} is to be: {@code "http://127.0.0.1:PORT/v1"}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    /** How many requests have come. */
    public int calls() {
        return calls.get();
    }

    /** How many connections are open: none, once every client has gone. */
    public int openConnections() {
        return open.size();
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        closeQuietly(socket);
        open.forEach(RawUpstream::closeQuietly);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                // Closed: the loop's condition tells.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Call call = new Call(connection, receive(connection.getInputStream()));
            calls.incrementAndGet();
            answer.to(call);
            if (!connection.isClosed()) {
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            // The client has gone, or the endpoint is closed.
        } finally {
            open.remove(connection);
        }
    }

    private static String receive(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            head.append((char) next);
            if (!Character.isLetter(head.charAt(0))) {
                // TLS, for one: it would wait for its answer.
                in.skipNBytes(in.available());
                return "";
            }
        }
        String text = head.toString();
        int length = text.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // It is given up anyway.
        }
    }

    /** A request, and the connection that it came over. */
    public static final class Call {

        private final Socket connection;
        private final String request;

        private Call(Socket connection, String request) {
            this.connection = connection;
            this.request = request;
        }

        /** The request, head and body; empty if it is not HTTP. */
        public String request() {
            return request;
        }

        /** Sends these bytes now. */
        public void send(byte[] bytes) throws IOException {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
        }

        /** Sends this text as UTF-8 now. */
        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends nothing more before the client has gone. */
        public void hang() throws IOException {
            connection.getInputStream().readAllBytes();
        }

        /** Resets the connection: what the client has not read by now may be lost to it. */
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }
}
