package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Cancellation;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the work for clients that have gone away before their answer began: models and rails cost. Looks after all connections
 * by one thread. Safe for use by many threads.
 */
final class ClientWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

    /** A client that is gone is noticed within a second. */
    private static final Duration PERIOD = Duration.ofMillis(400);

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Lookout lookout;

    private volatile boolean isOver;

    ClientWatch() {
        lookout = Lookout.every(PERIOD, "client-watch", this::look);
    }

    /**
     * Does what a client waits for, once its request has been read.
     *
     * @param work is cancelled if the client goes away
     */
    <T> T whileConnected(Context context, Function<Cancellation, T> work) {
        Cancellation cancellation = new Cancellation();
        Optional<WatchedEndPoint> connection = connection(context);
        Waiting client = new Waiting(connection, cancellation);
        waiting.add(client);
        if (connection.isEmpty()) {
            whenReset(context, cancellation);
        }
        if (isOver) {
            cancellation.cancel();
        }
        try {
            return work.apply(cancellation);
        } finally {
            waiting.remove(client);
        }
    }

    /** HTTP/2 reads on while it serves: the server is told when a client resets its stream, or goes. */
    private static void whenReset(Context context, Cancellation cancellation) {
        ServletContextRequest.getServletContextRequest(context.req()).addFailureListener(gone -> cancellation.cancel());
    }

    private static Optional<WatchedEndPoint> connection(Context context) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                ? Optional.empty()
                : WatchedEndPoint.of(request);
    }

    /** Ends the work for all clients whose answers have not begun, and for all that come after them. */
    void cancelAll() {
        isOver = true;
        waiting.forEach(client -> client.cancellation().cancel());
    }

    @Override
    public void close() {
        lookout.close();
    }

    /** Nobody but a caller's thread removes its client: one that has ended meanwhile is cancelled in vain. */
    private void look() {
        for (Waiting client : waiting) {
            try {
                if (client.connection().filter(WatchedEndPoint::isClientGone).isPresent()) {
                    client.cancellation().cancel();
                }
            } catch (RuntimeException e) {
                // One client's affair must not end the watch over all others.
                LOG.warn(
                        "A client that went away could not be dealt with: {}",
                        e.getClass().getName());
            }
        }
    }

    /** @param connection empty if the server is told by itself when the client goes away */
    private record Waiting(Optional<WatchedEndPoint> connection, Cancellation cancellation) {}
}
