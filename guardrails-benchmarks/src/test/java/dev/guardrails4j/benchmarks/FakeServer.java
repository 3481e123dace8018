package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A server that misbehaves as a test wants it: each request is answered by what the script gives for its number, from
 * 1.
 */
final class FakeServer implements AutoCloseable {

    /** Breaks the connection off instead of answering. */
    static final String NOTHING = "";

    private final ServerSocket listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final IntFunction<String> script;

    FakeServer(IntFunction<String> script) throws IOException {
        this.script = script;
        daemon(this::accept);
    }

    static String answer(String statusAndHeaders) {
        return "HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    URI address() {
        return URI.create("http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort());
    }

    Target target() {
        return Target.chatCompletions(address().resolve("/v1"));
    }

    int connections() {
        return sockets.size();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        HttpFraming framing = HttpFraming.ofRequests();
        byte[] packet = new byte[8192];
        try (socket) {
            InputStream in = socket.getInputStream();
            for (int count = in.read(packet); count > 0; count = in.read(packet)) {
                framing.consume(packet, 0, count);
                if (framing.isComplete()) {
                    String answer = script.apply(requests.incrementAndGet());
                    if (answer.equals(NOTHING)) {
                        return;
                    }
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client or the test closed the connection, which is what some tests are about.
            return;
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }
}
