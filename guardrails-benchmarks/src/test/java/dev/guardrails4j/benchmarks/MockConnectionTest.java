package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MockConnectionTest {

    @Test
    void sendsAnAnswerWhileTheThreadThatSelectsClosesIt() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(
                        new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
                Socket client = listening.accept()) {
            MockConnection connection = new MockConnection(
                    channel, new KeyCancelledMeanwhile(channel), new MockAnswers("yes"), (asked, answer) -> {});

            connection.send(
                    new MockConnection.Answer(ByteBuffer.wrap("late".getBytes(StandardCharsets.US_ASCII)), false));

            assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("late");
        }
    }

    /** One that was still valid when it was asked whether it is. */
    private static final class KeyCancelledMeanwhile extends SelectionKey {

        private final SelectableChannel channel;

        KeyCancelledMeanwhile(SelectableChannel channel) {
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            throw new CancelledKeyException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void cancel() {
            // It is.
        }

        @Override
        public int interestOps() {
            throw new CancelledKeyException();
        }

        @Override
        public SelectionKey interestOps(int operations) {
            throw new CancelledKeyException();
        }

        @Override
        public int readyOps() {
            throw new CancelledKeyException();
        }
    }
}
