package dev.guardrails4j.benchmarks;

import java.net.ProtocolException;

/**
 * Finds where the HTTP/1.1 messages of one connection end, in bytes that come in packets of any size. Bodies are
 * skipped, not kept, and nothing is allocated per message: mock and load generator share the machine with what they
 * measure.
 *
 * <p>Bodies are delimited by {@code Content-Length} or chunks; a response that goes on until the connection closes is
 * refused. Lines are at most 8 KiB and a head at most 64 KiB long. Not safe for several threads.
 */
final class HttpFraming {

    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private enum Part {
        START_LINE,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        COMPLETE
    }

    private final boolean ofResponses;
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int lineLength;
    private int headLength;
    private Part part = Part.START_LINE;
    private long contentLength;
    private long remaining;
    private boolean chunked;
    private boolean lastOfConnection;
    private boolean get;
    private int status;

    private HttpFraming(boolean ofResponses) {
        this.ofResponses = ofResponses;
        begin();
    }

    static HttpFraming ofRequests() {
        return new HttpFraming(false);
    }

    static HttpFraming ofResponses() {
        return new HttpFraming(true);
    }

    /**
     * Reads on until the message is complete or the bytes are used up; after a complete message, begins the next one.
     *
     * @return the index of the first byte that was not used
     * @throws ProtocolException if this is not HTTP/1.1, or beyond the limits
     */
    int consume(byte[] bytes, int from, int to) throws ProtocolException {
        if (part == Part.COMPLETE) {
            begin();
        }
        int at = from;
        while (at < to && part != Part.COMPLETE) {
            if (part == Part.BODY || part == Part.CHUNK) {
                int used = (int) Math.min(remaining, to - at);
                at += used;
                skipped(used);
            } else {
                byte next = bytes[at++];
                if (next == '\n') {
                    endLine();
                    lineLength = 0;
                } else if (next != '\r') {
                    append(next);
                }
            }
        }
        return at;
    }

    /** Whether the last call of {@link #consume} reached the end of a message. */
    boolean isComplete() {
        return part == Part.COMPLETE;
    }

    /** Whether the sender of the complete message said that it closes the connection after it. */
    boolean isLastOfConnection() {
        return lastOfConnection;
    }

    /** Whether the complete message is a GET request. */
    boolean isGet() {
        return get;
    }

    /** The status of the complete response. */
    int status() {
        return status;
    }

    private void begin() {
        part = Part.START_LINE;
        lineLength = 0;
        headLength = 0;
        contentLength = -1;
        remaining = 0;
        chunked = false;
        lastOfConnection = false;
        get = false;
        status = 0;
    }

    private void skipped(int count) {
        remaining -= count;
        if (remaining == 0) {
            part = part == Part.BODY ? Part.COMPLETE : Part.CHUNK_END;
        }
    }

    private void append(byte next) throws ProtocolException {
        if (lineLength == MAX_LINE_BYTES) {
            throw new ProtocolException("a line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        line[lineLength++] = next;
    }

    private void endLine() throws ProtocolException {
        switch (part) {
            case START_LINE -> startLine();
            case HEADERS -> header();
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> chunkEnd();
            case TRAILERS -> part = lineLength == 0 ? Part.COMPLETE : Part.TRAILERS;
            default -> throw new IllegalStateException("no line ends in " + part);
        }
    }

    private void startLine() throws ProtocolException {
        if (lineLength == 0) {
            return; // RFC 9112, 2.2: empty lines before a message are to be ignored
        }
        if (ofResponses) {
            if (!startsWith("http/1.") || lineLength < 12) {
                throw new ProtocolException("the answer does not begin with an HTTP/1.x status line");
            }
            status = (int) number(9, 12, 10);
        } else {
            get = startsWith("get ");
        }
        part = Part.HEADERS;
    }

    private void header() throws ProtocolException {
        headLength += lineLength + 2;
        if (headLength > MAX_HEAD_BYTES) {
            throw new ProtocolException("the head is longer than " + MAX_HEAD_BYTES + " bytes");
        }
        if (lineLength == 0) {
            endHead();
        } else if (startsWith("content-length:")) {
            contentLength = number("content-length:".length(), lineLength, 10);
        } else if (startsWith("transfer-encoding:")) {
            chunked = endsWith("chunked");
        } else if (startsWith("connection:")) {
            lastOfConnection = endsWith("close");
        }
    }

    private void endHead() throws ProtocolException {
        if (ofResponses && status < 200) {
            begin(); // an interim response, the real one follows
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (contentLength > 0) {
            remaining = contentLength;
            part = Part.BODY;
        } else if (contentLength == 0 || !ofResponses || status == 204 || status == 304) {
            part = Part.COMPLETE;
        } else {
            throw new ProtocolException("the answer has neither Content-Length nor chunks");
        }
    }

    private void chunkSize() throws ProtocolException {
        int end = 0;
        while (end < lineLength && line[end] != ';') {
            end++;
        }
        remaining = number(0, end, 16);
        part = remaining == 0 ? Part.TRAILERS : Part.CHUNK;
    }

    private void chunkEnd() throws ProtocolException {
        if (lineLength != 0) {
            throw new ProtocolException("a chunk is longer than it says");
        }
        part = Part.CHUNK_SIZE;
    }

    private long number(int from, int to, int radix) throws ProtocolException {
        long value = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                int digit = Character.digit(line[i], radix);
                if (digit < 0 || ++digits > 15) {
                    throw new ProtocolException("a status, Content-Length or chunk size is not a number");
                }
                value = value * radix + digit;
            }
        }
        if (digits == 0) {
            throw new ProtocolException("a status, Content-Length or chunk size is missing");
        }
        return value;
    }

    private boolean startsWith(String lowerCase) {
        return lineLength >= lowerCase.length() && matches(lowerCase, 0);
    }

    private boolean endsWith(String lowerCase) {
        int end = lineLength;
        while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
            end--;
        }
        return end >= lowerCase.length() && matches(lowerCase, end - lowerCase.length());
    }

    private boolean matches(String lowerCase, int from) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Character.toLowerCase(line[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
