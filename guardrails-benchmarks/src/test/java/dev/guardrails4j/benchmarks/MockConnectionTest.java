package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MockConnectionTest {

    @Test
    void sendsAnAnswerWhileTheThreadThatSelectsClosesIt() throws IOException {
        SelectionKey cancelledMeanwhile = mock(SelectionKey.class);
        when(cancelledMeanwhile.isValid()).thenReturn(true);
        when(cancelledMeanwhile.interestOps()).thenThrow(CancelledKeyException.class);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(
                        new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
                Socket client = listening.accept()) {
            MockConnection connection =
                    new MockConnection(channel, cancelledMeanwhile, new MockAnswers("yes"), (asked, answer) -> {});

            connection.send(
                    new MockConnection.Answer(ByteBuffer.wrap("late".getBytes(StandardCharsets.US_ASCII)), false));

            assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("late");
        }
    }
}
