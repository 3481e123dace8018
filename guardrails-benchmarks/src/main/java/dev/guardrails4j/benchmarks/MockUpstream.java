package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * An OpenAI-compatible model endpoint on 127.0.0.1 that answers every POST with the same chat completion after a set
 * latency, and every GET at once with its list of models. One thread serves all connections (HTTP/1.1, keep-alive,
 * pipelining): at saturation that costs a fraction of a thread each. Safe for several threads.
 */
final class MockUpstream implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final ServerSocketChannel listening;
    private final Selector selector;
    private final MockAnswers answers;
    private final DelayedAnswers delayed;
    private final byte[] shared = new byte[64 * 1024];
    private final Thread thread = new Thread(this::serve, "mock-upstream");
    private volatile boolean closing;

    private MockUpstream(ServerSocketChannel listening, Selector selector, Duration latency, String answer) {
        this.listening = listening;
        this.selector = selector;
        this.answers = new MockAnswers(answer);
        this.delayed = new DelayedAnswers(latency);
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param latency from a request's last byte to its answer's first; zero for none
     * @param answer what the assistant says
     */
    static MockUpstream start(int port, Duration latency, String answer) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            listening.configureBlocking(false);
            Selector selector = Selector.open();
            listening.register(selector, SelectionKey.OP_ACCEPT);
            MockUpstream upstream = new MockUpstream(listening, selector, latency, answer);
            upstream.thread.setDaemon(true);
            upstream.thread.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException("the mock upstream cannot listen on port " + port, e);
        }
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** As a client wants it, {@code http://127.0.0.1:PORT/v1}. */
    String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        delayed.close();
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try (selector;
                listening) {
            while (!closing) {
                selector.select(this::serve);
            }
            for (SelectionKey key : selector.keys()) {
                close(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mock upstream broke", e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof MockConnection connection) {
                if (key.isWritable()) {
                    connection.sendOn();
                } else {
                    connection.read(shared);
                }
            }
        } catch (IOException e) {
            close(key); // a client that breaks off is its own affair
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listening.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new MockConnection(channel, key, answers, delayed::accept));
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the mock upstream cannot be closed", e);
        }
    }
}
