package dev.guardrails4j.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes back on a connection of its own, up to the connection's end, for requests that no HTTP client would send.
 *
 * @param status of the first answer
 * @param headers of it
 * @param body of it, chunks put together
 */
record RawAnswer(int status, HttpHeaders headers, String body) {

    private static final int PATIENCE_MILLIS = 30_000;

    /**
     * Sends a request and reads the answer.
     *
     * @param head its first line and headers, with the empty line after them
     * @throws IOException if the connection breaks before the answer is complete, or is left open
     */
    static RawAnswer to(int port, String head, byte[] body) throws IOException {
        return parse(exchange(port, head, body, false));
    }

    /**
     * Sends bytes, and no more after them, and gives what comes back until the connection ends or breaks, which may be nothing.
     *
     * @throws SocketTimeoutException if the connection is left open
     */
    static byte[] toUnfinished(int port, String head, byte[] body) throws IOException {
        try {
            return exchange(port, head, body, true);
        } catch (SocketException broken) {
            return new byte[0];
        }
    }

    private static byte[] exchange(int port, String head, byte[] body, boolean isLast) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            if (isLast) {
                socket.shutdownOutput();
            }
            return socket.getInputStream().readAllBytes();
        }
    }

    private static RawAnswer parse(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IOException(
                    "no answer but " + bytes.length + " bytes: " + text.substring(0, Math.min(200, text.length())));
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        String content = text.substring(end + 4);
        boolean isChunked = headers.firstValue("Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
        String whole = isChunked
                ? joined(content)
                : whole(content, headers.firstValueAsLong("Content-Length").orElse(-1));
        return new RawAnswer(
                Integer.parseInt(lines[0].split(" ")[1]), headers, new String(whole.getBytes(ISO_8859_1), UTF_8));
    }

    private static String whole(String content, long length) throws IOException {
        if (length >= 0 && content.length() < length) {
            throw new IOException("the answer is broken off: " + content.length() + " of " + length + " bytes");
        }
        return length >= 0 ? content.substring(0, (int) length) : content;
    }

    private static String joined(String chunks) throws IOException {
        StringBuilder joined = new StringBuilder();
        int position = 0;
        while (true) {
            int end = chunks.indexOf("\r\n", position);
            if (end < 0) {
                throw new IOException("the answer is broken off after " + joined.length() + " bytes: " + joined);
            }
            int length = Integer.parseInt(chunks.substring(position, end), 16);
            if (length == 0) {
                return joined.toString();
            }
            joined.append(chunks, end + 2, end + 2 + length);
            position = end + 4 + length;
        }
    }
}
