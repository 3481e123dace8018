package dev.guardrails4j.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A keep-alive connection over which one thread sends a request and waits for its answer, over and over. Reads have no
 * time-out of their own, which would cost system calls: whoever has waited long enough closes the connection from
 * another thread.
 */
final class LoadConnection implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final HttpFraming responses = HttpFraming.ofResponses();
    private final byte[] buffer = new byte[16 * 1024];

    LoadConnection(InetSocketAddress address) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a request and reads its answer to the end.
     *
     * @return the status
     * @throws IOException if the connection broke or the answer is not HTTP; the connection is of no use then
     */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        int status = 0;
        while (status == 0) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new EOFException("closed before the answer was complete");
            }
            int used = responses.consume(buffer, 0, count);
            if (responses.isComplete()) {
                if (used < count) {
                    throw new IOException("more was sent than one answer");
                }
                status = responses.status();
            }
        }
        return status;
    }

    /** Whether the other side said that it closes the connection after the answer just read. */
    boolean isUsedUp() {
        return responses.isLastOfConnection();
    }

    /** May be called from another thread: an exchange then ends with an exception. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection cannot be closed", e);
        }
    }
}
