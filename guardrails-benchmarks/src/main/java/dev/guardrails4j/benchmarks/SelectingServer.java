package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A port of 127.0.0.1, all connections of which one thread serves. Safe for several threads. */
final class SelectingServer implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final String name;
    private final ServerSocketChannel listening;
    private final Selector selector;
    private Thread thread = new Thread();
    private volatile boolean closing;

    /** What is done with connections; all of it by the serving thread. */
    interface Protocol {

        /** Somebody has connected. What the key gets attached serves the connection. */
        void accept(SocketChannel channel, SelectionKey key);

        /** A connection can be read from, or written to if that was waited for. One that fails is closed. */
        void serve(SelectionKey key) throws IOException;

        /** For the most milliseconds between two calls of {@link #turn}; 0 if it is called only after something was ready. */
        default long turnMillis() {
            return 0;
        }

        /** What there is to do beside that. */
        default void turn() throws IOException {}
    }

    private SelectingServer(String name, ServerSocketChannel listening, Selector selector) {
        this.name = name;
        this.listening = listening;
        this.selector = selector;
    }

    /**
     * Begins to listen; connections wait until they are {@linkplain #serve served}.
     *
     * @param name what messages and its thread call it: {@code "mock upstream"}
     * @param port 0 for any free one
     */
    static SelectingServer listen(String name, int port) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            listening.configureBlocking(false);
            Selector selector = Selector.open();
            listening.register(selector, SelectionKey.OP_ACCEPT);
            return new SelectingServer(name, listening, selector);
        } catch (IOException e) {
            throw new UncheckedIOException("the " + name + " cannot listen on port " + port, e);
        }
    }

    /** Serves connections from now on; to be called once. */
    void serve(Protocol protocol) {
        thread = new Thread(() -> run(protocol), name.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Protocol protocol) {
        try (selector;
                listening) {
            while (!closing) {
                selector.select(key -> serve(key, protocol), protocol.turnMillis());
                protocol.turn();
            }
            for (SelectionKey key : selector.keys()) {
                close(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the " + name + " broke", e);
        }
    }

    private void serve(SelectionKey key, Protocol protocol) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.isAcceptable()) {
                accept(protocol);
            } else {
                protocol.serve(key);
            }
        } catch (IOException | CancelledKeyException e) {
            close(key); // a client that breaks off is its own affair, also while another thread answers it
        }
    }

    private void accept(Protocol protocol) throws IOException {
        for (SocketChannel channel = listening.accept(); channel != null; channel = listening.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            protocol.accept(channel, channel.register(selector, SelectionKey.OP_READ));
        }
    }

    private void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the " + name + " cannot be closed", e);
        }
    }
}
