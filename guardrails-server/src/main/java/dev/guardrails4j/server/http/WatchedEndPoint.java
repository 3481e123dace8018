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
 * they serve a request. A byte that a client sends meanwhile is kept for whoever reads next; selectors tell of those after it, for
 * no request is one byte long. Safe for use by many threads.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

    private final ByteBuffer early = ByteBuffer.allocate(1).flip();

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether the client has closed the connection, or its own half of it: it wants no answer any more. */
    boolean isClientGone() {
        synchronized (early) {
            if (early.hasRemaining()) {
                return false;
            }
            try {
                int read = getChannel().read(early.clear());
                return read < 0;
            } catch (IOException e) {
                return true;
            } finally {
                early.flip();
            }
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (early) {
            if (!early.hasRemaining() || BufferUtil.isFull(buffer)) {
                return super.fill(buffer);
            }
            int position = BufferUtil.flipToFill(buffer);
            buffer.put(early);
            BufferUtil.flipToFlush(buffer, position);
            return 1 + Math.max(0, super.fill(buffer));
        }
    }
}
