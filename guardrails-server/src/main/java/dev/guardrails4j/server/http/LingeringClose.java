package dev.guardrails4j.server.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Throws away what a client is still sending when it has been answered, because it has no right, or sends too much: if its
 * connection were closed with bytes unread, the system would reset it, and the client may lose the answer; in HTTP/2 its stream
 * would be reset, with the same end. Waits in no thread; how much and how long is bounded.
 */
final class LingeringClose extends Handler.Wrapper {

    private static final int LEAST_BYTES = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long maxBytes;

    /** @param maxBodyBytes how long a body may be; of one that is too long, no more is thrown away, or {@link #LEAST_BYTES} */
    LingeringClose(int maxBodyBytes) {
        this.maxBytes = Math.max(LEAST_BYTES, maxBodyBytes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // It may be waiting for a word before it sends anything.
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            return super.handle(request, response, callback);
        }
        Sent sent = new Sent(request, maxBytes);
        return super.handle(sent, response, Callback.from(() -> sent.throwAway(callback), callback::failed));
    }

    /** A request of which the rest can still be read when it has been answered. For one thread at a time. */
    private static final class Sent extends Request.Wrapper {

        private long left;

        Sent(Request request, long maxBytes) {
            super(request);
            this.left = maxBytes;
        }

        /** Asked as an answer is begun. Jetty's own would end the body. */
        @Override
        public boolean consumeAvailable() {
            while (left > 0) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    return false;
                }
                left -= chunk.remaining();
                chunk.release();
                if (Content.Chunk.isFailure(chunk)) {
                    left = 0;
                } else if (chunk.isLast()) {
                    return true;
                }
            }
            return false;
        }

        void throwAway(Callback answered) {
            throwAway(answered, System.nanoTime());
        }

        private void throwAway(Callback answered, long startNanos) {
            boolean isOver = consumeAvailable() || left <= 0 || System.nanoTime() - startNanos > PATIENCE.toNanos();
            if (isOver) {
                answered.succeeded();
            } else {
                demand(() -> throwAway(answered, startNanos));
            }
        }
    }
}
