package dev.guardrails4j.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has gone while nobody reads from it, as HTTP/1.1 servers do not while
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

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
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
    public int fill(ByteBuffer buffer) throws IOException {
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
