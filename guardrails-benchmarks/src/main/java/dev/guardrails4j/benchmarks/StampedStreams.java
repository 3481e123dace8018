package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
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

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final ByteBuffer HEAD =
            direct("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    private final SelectingServer server;

    private StampedStreams(SelectingServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param gap between a word and the next
     */
    static StampedStreams start(int port, Duration gap) {
        SelectingServer server = SelectingServer.listen("mock of streams", port);
        server.serve(new Words(gap));
        return new StampedStreams(server);
    }

    int port() {
        return server.port();
    }

    /** Closes the port and every stream. */
    @Override
    public void close() {
        server.close();
    }

    private static final class Open {

        private final SocketChannel channel;
        private final HttpFraming requests = HttpFraming.ofRequests();
        private long dueNanos;

        Open(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private static final class Words implements SelectingServer.Protocol {

        private final long gapNanos;
        private final ByteBuffer event;
        private final int stampAt;
        private final Deque<Open> open = new ArrayDeque<>();
        private final byte[] shared = new byte[16 * 1024];

        Words(Duration gap) {
            this.gapNanos = gap.toNanos();
            String json =
                    "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\""
                            + MockAnswers.MODEL + "\",\"choices\":[{\"index\":0,\"delta\":{" + StampedText.MARK
                            + "0".repeat(StampedText.DIGITS) + " \"},\"finish_reason\":null}]}\n\n";
            String chunk = Integer.toHexString(json.length()) + "\r\n" + json + "\r\n";
            this.event = direct(chunk);
            this.stampAt = chunk.indexOf(StampedText.MARK) + StampedText.MARK.length();
        }

        @Override
        public void accept(SocketChannel channel, SelectionKey key) {
            key.attach(new Open(channel));
        }

        @Override
        public void serve(SelectionKey key) throws IOException {
            read((Open) key.attachment());
        }

        @Override
        public long turnMillis() {
            return 1;
        }

        @Override
        public void turn() throws IOException {
            sayWhatIsDue();
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
    }

    private static ByteBuffer direct(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
