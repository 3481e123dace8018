package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A model endpoint on 127.0.0.1 that answers every POST with a stream that goes on until its client leaves: a word that
 * says when it was said, and the next one a fixed time after it. One thread says the words of thousands of streams. Safe
 * for several threads.
 */
final class StampedStreams implements AutoCloseable {

    private static final int BACKLOG = 4096;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final ByteBuffer HEAD =
            direct("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    private final ServerSocketChannel listening;
    private final Selector selector;
    private final long gapNanos;
    private final ByteBuffer event;
    private final int stampAt;
    private final Deque<Open> open = new ArrayDeque<>();
    private final byte[] shared = new byte[16 * 1024];
    private final Thread thread = new Thread(this::serve, "stamped-streams");
    private volatile boolean closing;

    private static final class Open {

        private final SocketChannel channel;
        private final HttpFraming requests = HttpFraming.ofRequests();
        private long dueNanos;

        Open(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private StampedStreams(ServerSocketChannel listening, Selector selector, Duration gap) {
        this.listening = listening;
        this.selector = selector;
        this.gapNanos = gap.toNanos();
        String json =
                "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\""
                        + MockAnswers.MODEL + "\",\"choices\":[{\"index\":0,\"delta\":{" + StampedText.MARK
                        + "0".repeat(StampedText.DIGITS) + " \"},\"finish_reason\":null}]}\n\n";
        String chunk = Integer.toHexString(json.length()) + "\r\n" + json + "\r\n";
        this.event = direct(chunk);
        this.stampAt = chunk.indexOf(StampedText.MARK) + StampedText.MARK.length();
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param gap between a word and the next
     */
    static StampedStreams start(int port, Duration gap) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            listening.configureBlocking(false);
            Selector selector = Selector.open();
            listening.register(selector, SelectionKey.OP_ACCEPT);
            StampedStreams streams = new StampedStreams(listening, selector, gap);
            streams.thread.setDaemon(true);
            streams.thread.start();
            return streams;
        } catch (IOException e) {
            throw new UncheckedIOException("the mock of streams cannot listen on port " + port, e);
        }
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** Closes the port and every stream. */
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

    private void serve() {
        try (selector;
                listening) {
            while (!closing) {
                selector.select(this::serve, 1);
                sayWhatIsDue();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mock of streams broke", e);
        }
    }

    /** All gaps are equal: whoever was served first is due first. */
    private void sayWhatIsDue() throws IOException {
        long now = System.nanoTime();
        while (!open.isEmpty() && open.element().dueNanos <= now) {
            Open next = open.remove();
            if (say(next.channel)) {
                next.dueNanos += gapNanos;
                open.add(next);
            }
            now = System.nanoTime();
        }
    }

    /** Returns whether the stream goes on. One whose reader has let a whole socket buffer fill up is broken off. */
    private boolean say(SocketChannel channel) throws IOException {
        long nanos = System.nanoTime();
        for (int i = StampedText.DIGITS - 1; i >= 0; i--) {
            event.put(stampAt + i, HEX[(int) (nanos & 15)]);
            nanos >>>= 4;
        }
        try {
            event.rewind();
            channel.write(event);
            if (!event.hasRemaining()) {
                return true;
            }
        } catch (IOException e) {
            channel.close(); // the client left
            return false;
        }
        channel.close();
        return false;
    }

    private void serve(SelectionKey key) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof Open connection) {
                read(connection);
            }
        } catch (IOException e) {
            close(key); // a client that breaks off is its own affair
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listening.accept(); channel != null; channel = listening.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Open(channel));
        }
    }

    private void read(Open connection) throws IOException {
        int count = connection.channel.read(ByteBuffer.wrap(shared));
        if (count < 0) {
            connection.channel.close();
            return;
        }
        try {
            connection.requests.consume(shared, 0, count);
        } catch (ProtocolException e) {
            connection.channel.close();
            return;
        }
        if (connection.requests.isComplete()) {
            connection.channel.write(HEAD.duplicate());
            connection.dueNanos = System.nanoTime();
            open.addFirst(connection);
            sayWhatIsDue();
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the mock of streams cannot be closed", e);
        }
    }

    private static ByteBuffer direct(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
