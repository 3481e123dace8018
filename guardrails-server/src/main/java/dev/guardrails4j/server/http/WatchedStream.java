package dev.guardrails4j.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answer to a request over HTTP/2 that knows since when its client keeps it waiting: how much may be sent, each stream is
 * told for itself, so that its connection does not show it. Safe for use by many threads.
 */
final class WatchedStream extends Response.Wrapper {

    /** While the client does not let be sent what there is for it. */
    private final WaitingTime reading = new WaitingTime();

    WatchedStream(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        reading.begin();
        super.write(last, content, Callback.from(reading::end, callback));
    }

    /** Whether the client has not let everything be sent that was written longer ago than that. */
    boolean isLateWithReading(Duration timeout) {
        return reading.isLongerThan(timeout);
    }

    /** Ends the stream, and with it what waits to be sent; other streams of the connection go on. */
    void end() {
        if (getRequest().getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
            Stream stream = connection
                    .getSession()
                    .getStream(Integer.parseInt(getRequest().getId()));
            if (stream != null) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            }
        }
    }
}
