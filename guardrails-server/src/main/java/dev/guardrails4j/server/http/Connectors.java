package dev.guardrails4j.server.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the server listens on. Each connector speaks HTTP/1.1 and HTTP/2: in the clear, a client begins with the one or the
 * other; under TLS, it is agreed on as the client connects (ALPN).
 */
final class Connectors {

    private static final int WAITING_CONNECTIONS = 4_096;

    private final String host;
    private final int port;
    private final ConnectionSettings settings;

    Connectors(String host, int port, ConnectionSettings settings) {
        this.host = host;
        this.port = port;
        this.settings = settings;
    }

    /** One that speaks in the clear. */
    ServerConnector plain(Server server, HttpConfiguration http) {
        limit(http);
        return listening(server, new HttpConnectionFactory(http), limited(new PriorKnowledge(http)));
    }

    /** One that speaks TLS only. */
    ServerConnector secure(Server server, HttpConfiguration http, SslContextFactory.Server tls) {
        limit(http);
        // Which names lead to this server is not known to it: the host is not compared with the certificate.
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        return listening(
                server,
                new SslConnectionFactory(tls, choice.getProtocol()),
                choice,
                limited(new HTTP2ServerConnectionFactory(http)),
                new HttpConnectionFactory(http));
    }

    private void limit(HttpConfiguration http) {
        http.setRequestHeaderSize(settings.maxHeaderBytes());
    }

    /** Jetty's rate control ends a connection on which a client opens and resets streams by the hundred (CVE-2023-44487). */
    private ConnectionFactory limited(AbstractHTTP2ServerConnectionFactory http2) {
        http2.setMaxConcurrentStreams(settings.maxStreamsPerConnection());
        return http2;
    }

    private ServerConnector listening(Server server, ConnectionFactory... protocols) {
        ServerConnector connector = new ServerConnector(server, protocols) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                WatchedEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setAcceptQueueSize(WAITING_CONNECTIONS);
        // Shorter, it would break off an answer that is just being written. ConnectionWatch closes what is idle.
        connector.setShutdownIdleTimeout(settings.idleTimeout().toMillis());
        return connector;
    }

    /**
     * HTTP/2 in the clear, of clients that know that the server speaks it. {@code Upgrade: h2c} is passed over, and the request
     * answered by HTTP/1.1: RFC 9113, 3.1 has given it up, a proxy that hands it on is blind to all that follows, and the JDK's
     * HttpClient fails now and then if a long answer follows it at once.
     */
    private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {

        PriorKnowledge(HttpConfiguration http) {
            super(http);
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable switching) {
            return HttpMethod.PRI.is(request.getMethod())
                    ? super.upgradeConnection(connector, endPoint, request, switching)
                    : null;
        }
    }
}
