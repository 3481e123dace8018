package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.RequestException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The body of a request, which has to come in time, however little of it comes at once. For one thread. */
final class TimedBody extends FilterInputStream {

    private static final int REQUEST_TIMEOUT = 408;

    private final Duration timeout;
    private final long startNanos = System.nanoTime();

    /** @param timeout how long all of it may take, from now on */
    TimedBody(InputStream body, Duration timeout) {
        super(body);
        this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws RequestException if it takes too long, or nothing comes for as long as the connection may be idle */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw late();
            }
            throw e;
        }
        if (System.nanoTime() - startNanos > timeout.toNanos()) {
            throw late();
        }
        return read;
    }

    private static RequestException late() {
        return RequestException.of(REQUEST_TIMEOUT, "The request body did not come in time");
    }
}
