package dev.guardrails4j.engine.model;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/**
 * A connection that can tell at once whether the server has closed it while nobody used it. The HTTP client's own waits a
 * millisecond for that, and so can only ask after a pause.
 */
final class ModelConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** Makes the sockets that such connections need. */
    static final DetachedSocketFactory SOCKETS = proxy -> SocketChannel.open().socket();

    ModelConnection(Http1Config config) {
        super(config, null, null, null, null, null, null, new DefaultHttpResponseParserFactory(config));
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new Holder(socket));
    }

    @Override
    public void bind(SSLSocket secure, Socket socket) throws IOException {
        bind(new Holder(secure, socket));
    }

    /** Whether there is an end to be read, or anything at all: nothing has been asked for. */
    @Override
    public boolean isStale() {
        SocketHolder holder = getSocketHolder();
        if (holder == null) {
            return true;
        }
        SocketChannel channel = holder.getBaseSocket().getChannel();
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    /** Nothing is read while it waits to be used. */
    @Override
    public void passivate() {}

    /** Each request says how long it waits. */
    @Override
    public void activate() {}

    private static final class Holder extends SocketHolder {

        private Holder(Socket socket) {
            super(socket);
        }

        private Holder(SSLSocket secure, Socket socket) {
            super(secure, socket);
        }

        @Override
        protected OutputStream getOutputStream(Socket socket) throws IOException {
            return new PiecewiseOutputStream(super.getOutputStream(socket));
        }
    }
}
