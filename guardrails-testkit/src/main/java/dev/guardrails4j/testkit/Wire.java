package dev.guardrails4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** One exchange, as far as requests and answers go. Counts the bytes of the body that the socket has taken. */
final class Wire {

    private final HttpExchange exchange;
    private final AtomicLong sentBytes;

    Wire(HttpExchange exchange, AtomicLong sentBytes) {
        this.exchange = exchange;
        this.sentBytes = sentBytes;
    }

    Received receive() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Received(exchange.getRequestURI().toString(), headers, body);
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /** Sends the head of an answer whose body has this length; what is not sent of it in the end, is broken off. */
    void head(int status, int length) throws IOException {
        // The server takes 0 for "unknown" and -1 for "none".
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    }

    /** Sends the head of an answer whose body ends when it does. */
    void headOfAnyLength(int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
    }

    /** Sends these bytes now. */
    void send(byte[] bytes, int from, int to) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(bytes, from, to - from);
        out.flush();
        sentBytes.addAndGet(to - from);
    }
}
