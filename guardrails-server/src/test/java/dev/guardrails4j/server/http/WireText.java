package dev.guardrails4j.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What answers are made of, as they go over the wire. */
final class WireText {

    /** What nobody but the endpoint has said: it is not for a client's eyes. */
    static final String WORDS = "upstreams-own-words";

    static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    static final String JSON = "Content-Type: application/json\r\n";
    static final String EVENTS = "Content-Type: text/event-stream\r\n";
    static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    static final String END = "0\r\n\r\n";

    /** The half of an answer in one piece. */
    static final String HALF = "{\"choices\": [{\"message\": {\"content\": \"" + WORDS;

    private WireText() {}

    static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    static String event(String data) {
        return chunk("data: " + data + "\n\n");
    }

    /** An event that brings some text of an answer. */
    static String words(String text) {
        return event("{\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + text + "\"}}]}");
    }
}
