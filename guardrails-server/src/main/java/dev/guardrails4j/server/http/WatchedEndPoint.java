package dev.guardrails4j.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that knows since when its client keeps it waiting, and can be asked whether its client has gone while nobody reads from it, as HTTP/1.1 servers do not while
 * they serve a request. Bytes that a client sends meanwhile are kept for whoever reads next, as many as the head of a TLS record
 * has; selectors tell of those after them, for no request is so short. Safe for use by many threads.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

    private static final int RECORD_HEAD = 5;
    private static final int ALERT = 21;
    private static final int ENCRYPTED = 23;
    /** Of TLS 1.3: two bytes of alert, one of type, sixteen of authentication. Nothing else that is sent is as short. */
    private static final int ENCRYPTED_ALERT_LENGTH = 19;

    private final ByteBuffer early = ByteBuffer.allocate(RECORD_HEAD).flip();
    private final AtomicInteger requests = new AtomicInteger();

    /** From the first byte of a request to the last of its headers. */
    private final WaitingTime headers = new WaitingTime();

    /** While the client does not take what there is for it. */
    private final WaitingTime reading = new WaitingTime();

    private volatile boolean isMultiplexed;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** The connection of a request, under TLS too. */
    static Optional<WatchedEndPoint> of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper tls) {
            endPoint = tls.unwrap();
        }
        return endPoint instanceof WatchedEndPoint watched ? Optional.of(watched) : Optional.empty();
    }

    /** The headers of a request have come. */
    void requestBegins(HttpVersion version) {
        isMultiplexed |= version == HttpVersion.HTTP_2;
        requests.incrementAndGet();
        headers.end();
    }

    /** A request has been answered, or has failed. */
    void requestEnds() {
        requests.decrementAndGet();
    }

    /** Whether nothing is asked. */
    boolean isIdle() {
        return requests.get() == 0 && !headers.isRunning();
    }

    /** Whether a request has begun to come longer ago than that, and is not there yet; HTTP/2 bounds that by itself. */
    boolean isLateWithHeaders(Duration timeout) {
        return headers.isLongerThan(timeout);
    }

    /** Whether the client has not taken what was written longer ago than that. */
    boolean isLateWithReading(Duration timeout) {
        return reading.isLongerThan(timeout);
    }

    /** Whether the client has closed the connection, or its own half of it: it wants no answer any more. */
    boolean isClientGone() {
        synchronized (early) {
            if (early.remaining() == RECORD_HEAD) {
                return isFarewell();
            }
            early.compact();
            try {
                return getChannel().read(early) < 0;
            } catch (IOException e) {
                return true;
            } finally {
                early.flip();
            }
        }
    }

    /** Whether what came begins a TLS alert, which clients send before they close. A request has no such bytes. */
    private boolean isFarewell() {
        int type = early.get(early.position());
        int length = early.getShort(early.position() + RECORD_HEAD - Short.BYTES);
        return type == ALERT || (type == ENCRYPTED && length == ENCRYPTED_ALERT_LENGTH);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        boolean isTaken = super.flush(buffers);
        if (isTaken) {
            reading.end();
        } else {
            reading.begin();
        }
        return isTaken;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = fillWithEarly(buffer);
        if (filled > 0 && requests.get() == 0 && !isMultiplexed) {
            headers.begin();
        }
        return filled;
    }

    private int fillWithEarly(ByteBuffer buffer) throws IOException {
        synchronized (early) {
            if (!early.hasRemaining() || BufferUtil.isFull(buffer)) {
                return super.fill(buffer);
            }
            int position = BufferUtil.flipToFill(buffer);
            int taken = Math.min(early.remaining(), buffer.remaining());
            buffer.put(buffer.position(), early, early.position(), taken);
            buffer.position(buffer.position() + taken);
            early.position(early.position() + taken);
            BufferUtil.flipToFlush(buffer, position);
            return taken + Math.max(0, super.fill(buffer));
        }
    }
}
