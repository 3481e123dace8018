package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests, up to their limit. */
final class BodyReader {

    /** Room for more is made as it comes: who only says that it will come shall not take it. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final int maxBodyBytes;
    private final Duration timeout;

    /** @param timeout how long a body may take to come */
    BodyReader(int maxBodyBytes, Duration timeout) {
        this.maxBodyBytes = maxBodyBytes;
        this.timeout = timeout;
    }

    /**
     * The body, which is or may be JSON.
     *
     * @throws RequestException if it is longer than the limit, does not come in time, is compressed, or says that it is something else: a browser
     *     sends a form or plain text to any address without asking, so these must not pass for JSON
     */
    byte[] read(Context context) throws IOException {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw RequestException.of(415, "Compressed request bodies are not supported; send the body as it is");
        }
        InputStream sent = new TimedBody(context.req().getInputStream(), timeout);
        long length = context.req().getContentLengthLong();
        if (length > maxBodyBytes) {
            throw tooLong();
        }
        byte[] body = length >= 0 && length <= MOST_AT_ONCE ? whole(sent, (int) length) : upToLimit(sent);
        AccessGate.spending(context).saw(body.length);
        // Contract 1.1: what is no JSON is read as a string, which is not an object.
        return body.length == 0 || mayBeJson(context.header("Content-Type")) ? body : new byte[] {'"', '"'};
    }

    /** What the request says is its length; it has no more, and fails if it breaks off before. */
    private static byte[] whole(InputStream sent, int length) throws IOException {
        byte[] body = new byte[length];
        int read = sent.readNBytes(body, 0, length);
        return read == length ? body : Arrays.copyOf(body, read);
    }

    private byte[] upToLimit(InputStream sent) throws IOException {
        byte[] body = sent.readNBytes(maxBodyBytes + 1);
        if (body.length > maxBodyBytes) {
            throw tooLong();
        }
        return body;
    }

    private RequestException tooLong() {
        return RequestException.of(413, "The request body is longer than " + maxBodyBytes + " bytes");
    }

    private static boolean mayBeJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(ContentType.JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
