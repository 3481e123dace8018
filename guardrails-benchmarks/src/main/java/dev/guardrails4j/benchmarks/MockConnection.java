package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * One client of the mock upstream. The selecting thread reads; answers may be sent from another thread, when they are
 * due. While an answer does not fit into the socket nothing more is read, so that a client that does not read cannot
 * fill the memory.
 */
final class MockConnection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final MockAnswers answers;
    private final BiConsumer<MockConnection, Answer> whenAsked;
    private final HttpFraming requests = HttpFraming.ofRequests();
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(); // guarded by this
    private boolean closing; // guarded by this

    /** @param isLast whether the connection is to be closed after it */
    record Answer(ByteBuffer bytes, boolean isLast) {}

    /** @param whenAsked takes what a completion is to be answered with, and calls {@link #send} when it is due */
    MockConnection(
            SocketChannel channel,
            SelectionKey key,
            MockAnswers answers,
            BiConsumer<MockConnection, Answer> whenAsked) {
        this.channel = channel;
        this.key = key;
        this.answers = answers;
        this.whenAsked = whenAsked;
    }

    /** Reads what is there, by a buffer that all connections share, and has every complete request answered. */
    void read(byte[] shared) throws IOException {
        int count = channel.read(ByteBuffer.wrap(shared));
        if (count < 0) {
            close();
            return;
        }
        try {
            int at = 0;
            while (at < count) {
                at = requests.consume(shared, at, count);
                if (requests.isComplete()) {
                    answer();
                }
            }
        } catch (ProtocolException e) {
            send(new Answer(answers.badRequest(), true));
        }
    }

    private void answer() throws IOException {
        boolean isLast = requests.isLastOfConnection();
        if (requests.isGet()) {
            send(new Answer(answers.models(), isLast));
        } else {
            whenAsked.accept(this, new Answer(answers.completion(), isLast));
        }
    }

    /** Sends as much as the socket takes; the rest follows when it takes more. */
    synchronized void send(Answer answer) throws IOException {
        if (closing) {
            return;
        }
        closing = answer.isLast();
        unsent.add(answer.bytes());
        if (unsent.size() == 1) {
            sendOn();
        }
    }

    /** Sends what is left over. */
    synchronized void sendOn() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer next = unsent.element();
            channel.write(next);
            if (next.hasRemaining()) {
                select(SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        if (closing) {
            close();
        } else {
            select(SelectionKey.OP_READ);
        }
    }

    void close() throws IOException {
        channel.close();
    }

    private void select(int operation) {
        try {
            if (key.interestOps() != operation) {
                key.interestOps(operation);
                key.selector().wakeup();
            }
        } catch (CancelledKeyException e) {
            // The connection was closed meanwhile: nobody waits for the rest.
            unsent.clear();
        }
    }
}
