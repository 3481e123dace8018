package dev.guardrails4j.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections, and ends the HTTP/2 streams, of clients that keep them by sending or reading hardly anything, which
 * idle time-outs do not see: every byte begins them anew. When the server drains, it closes the connections on which nothing is
 * asked. As a handler, it is before all others, so that it knows which connections have requests under way. One thread looks
 * after all of them.
 */
final class ConnectionWatch extends Handler.Wrapper {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Supplier<List<EndPoint>> connections;
    private final ConnectionSettings settings;
    private final Drain drain;
    private final Set<WatchedStream> streams = ConcurrentHashMap.newKeySet();
    private Optional<Lookout> lookout = Optional.empty();

    /** @param connections all there are at the moment */
    ConnectionWatch(Supplier<List<EndPoint>> connections, ConnectionSettings settings, Drain drain) {
        this.connections = connections;
        this.settings = settings;
        this.drain = drain;
    }

    @Override
    protected void doStart() throws Exception {
        lookout = Optional.of(Lookout.every(PERIOD, "connection-watch", this::look));
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        lookout.ifPresent(Lookout::close);
        super.doStop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        WatchedEndPoint.of(request).ifPresent(connection -> {
            connection.requestBegins(request.getConnectionMetaData().getHttpVersion());
            Request.addCompletionListener(request, failure -> connection.requestEnds());
        });
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return super.handle(request, response, callback);
        }
        WatchedStream stream = new WatchedStream(request, response);
        streams.add(stream);
        Request.addCompletionListener(request, failure -> streams.remove(stream));
        return super.handle(request, stream, callback);
    }

    private void look() {
        for (EndPoint endPoint : connections.get()) {
            if (endPoint instanceof WatchedEndPoint connection) {
                byItself(() -> look(connection));
            }
        }
        for (WatchedStream stream : streams) {
            byItself(() -> look(stream));
        }
    }

    /** One connection's affair must not end the watch over all others. */
    private static void byItself(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("A connection could not be closed: {}", e.getClass().getName());
        }
    }

    private void look(WatchedEndPoint connection) {
        if (connection.isLateWithHeaders(settings.headerTimeout())) {
            LOG.debug("A connection is closed, for its client sends a request too slowly");
            connection.close(new TimeoutException("the headers of a request did not come in time"));
        } else if (connection.isLateWithReading(settings.writeTimeout())) {
            LOG.debug("A connection is closed, for its client does not read its answer");
            connection.close(new TimeoutException("the client did not read in time"));
        } else if (drain.refuses() && connection.isIdle()) {
            connection.close();
        }
    }

    private void look(WatchedStream stream) {
        if (stream.isLateWithReading(settings.writeTimeout())) {
            LOG.debug("A stream is ended, for its client does not read its answer");
            stream.end();
        }
    }
}
