package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * An OpenAI-compatible model endpoint on 127.0.0.1 that answers every POST with the same chat completion after a set
 * latency, and every GET at once with its list of models. One thread serves all connections (HTTP/1.1, keep-alive,
 * pipelining): at saturation that costs a fraction of a thread each. Safe for several threads.
 */
final class MockUpstream implements AutoCloseable {

    private final SelectingServer server;
    private final DelayedAnswers delayed;

    private MockUpstream(SelectingServer server, DelayedAnswers delayed) {
        this.server = server;
        this.delayed = delayed;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param latency from a request's last byte to its answer's first; zero for none
     * @param answer what the assistant says
     */
    static MockUpstream start(int port, Duration latency, String answer) {
        SelectingServer server = SelectingServer.listen("mock upstream", port);
        DelayedAnswers delayed = new DelayedAnswers(latency);
        server.serve(new Completions(new MockAnswers(answer), delayed));
        return new MockUpstream(server, delayed);
    }

    int port() {
        return server.port();
    }

    /** As a client wants it, {@code http://127.0.0.1:PORT/v1}. */
    String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        delayed.close();
        server.close();
    }

    private static final class Completions implements SelectingServer.Protocol {

        private final MockAnswers answers;
        private final DelayedAnswers delayed;
        private final byte[] shared = new byte[64 * 1024];

        Completions(MockAnswers answers, DelayedAnswers delayed) {
            this.answers = answers;
            this.delayed = delayed;
        }

        @Override
        public void accept(SocketChannel channel, SelectionKey key) {
            key.attach(new MockConnection(channel, key, answers, delayed::accept));
        }

        @Override
        public void serve(SelectionKey key) throws IOException {
            MockConnection connection = (MockConnection) key.attachment();
            if (key.isWritable()) {
                connection.sendOn();
            } else {
                connection.read(shared);
            }
        }
    }
}
