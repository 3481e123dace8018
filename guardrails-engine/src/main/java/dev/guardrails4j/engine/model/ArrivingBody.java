package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * The body of an answer while it arrives. Nothing is read from the socket before it is asked for, except what one read
 * brings, so that a slow reader slows the endpoint. When it has been read to its end, its connection is used again; when it
 * is closed before, the connection is closed at once and the rest never read. Read by one thread; may be closed by any.
 */
final class ArrivingBody implements EventReader.Source, AutoCloseable {

    private static final int BUFFER_BYTES = 8 * 1024;
    /** What may follow the answer, for the sake of the connection. */
    private static final int MAX_REST_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final InputStream in;
    private final long maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long received;
    private boolean hasEnded;
    private volatile boolean closed;

    /**
     * @param exchange closed with the body
     * @param in the body, uncompressed
     * @param maxBytes how long it may be
     */
    ArrivingBody(Exchange exchange, InputStream in, long maxBytes) {
        this.exchange = exchange;
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ModelException if the answer is not wanted any more
     */
    @Override
    public int read() throws IOException {
        return peek() < 0 ? -1 : buffer[position++] & 0xff;
    }

    /** What {@link #read} is going to give. */
    int peek() throws IOException {
        return position < limit || fill() ? buffer[position] & 0xff : -1;
    }

    /**
     * All that is left.
     *
     * @throws UnreadableAnswerException if that is longer than {@code maxLength}
     */
    byte[] readRest(int maxLength) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        while (peek() >= 0) {
            rest.write(buffer, position, limit - position);
            position = limit;
            if (rest.size() > maxLength) {
                throw UnreadableAnswerException.longerThan(maxLength);
            }
        }
        return rest.toByteArray();
    }

    /** @throws ModelException if the body has been closed, or its time is over */
    void checkWanted() {
        if (closed) {
            throw TransportFailure.givenUp();
        }
        if (exchange.hasEnded()) {
            throw TransportFailure.tooLate();
        }
    }

    /** The endpoint has not sent what it should have: that counts against it. */
    void failed() {
        exchange.failed();
    }

    /** Breaks the answer off in this time, if what is returned is not cancelled before. */
    Future<?> endIn(Duration time) {
        return exchange.endIn(time);
    }

    /** The answer is complete: reads what is left, which should be next to nothing, so that the connection is used again. */
    void finish(Duration patience) {
        Future<?> timeOut = endIn(patience);
        try {
            for (int rest = 0; rest <= MAX_REST_BYTES && fill(); rest += limit) {
                position = limit;
            }
        } catch (IOException | ModelException e) {
            // It would have been good for the connection only, which is closed below.
        } finally {
            timeOut.cancel(false);
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        exchange.abort();
        exchange.close();
    }

    private boolean fill() throws IOException {
        if (hasEnded) {
            return false;
        }
        checkWanted();
        int count;
        try {
            count = in.read(buffer);
        } catch (IOException | IllegalStateException e) {
            // An aborted request fails in whatever way it is in at that moment.
            checkWanted();
            failed();
            throw e;
        }
        if (count < 0) {
            hasEnded = true;
            exchange.close();
            return false;
        }
        received += count;
        if (received > maxBytes) {
            throw UnreadableAnswerException.longerThan(maxBytes);
        }
        position = 0;
        limit = count;
        return true;
    }
}
