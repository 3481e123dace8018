package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Where load goes, and the one request it is made of, as bytes made once. Immutable. */
final class Target {

    private static final String USER_TEXT =
            "My order has not arrived yet, and the tracking page has shown the same place for"
                    + " three days. Can you tell me whether it is lost,"
                    + " and what I should do to get my money back or a second parcel?";

    private final URI baseUrl;
    private final byte[] request;

    private Target(URI baseUrl, byte[] request) {
        this.baseUrl = baseUrl;
        this.request = request;
    }

    /** @param baseUrl as {@code http://127.0.0.1:8000/v1}; a user's message of 200 bytes is sent there */
    static Target chatCompletions(URI baseUrl) {
        if (!isAddress(baseUrl)) {
            throw new IllegalArgumentException("load needs an address such as http://127.0.0.1:8000/v1");
        }
        return of(baseUrl, "POST", baseUrl.getPath() + "/chat/completions", body());
    }

    /** @param path what a JSON text is sent to */
    static Target post(URI server, String path, String json) {
        return of(server, "POST", path, json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param path what is asked for */
    static Target get(URI server, String path) {
        return of(server, "GET", path, new byte[0]);
    }

    private static Target of(URI server, String method, String path, byte[] body) {
        String about =
                body.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
        byte[] head = (method + " " + path + " HTTP/1.1\r\n"
                        + "Host: " + server.getAuthority() + "\r\n"
                        + "Accept: application/json\r\n"
                        + about + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return new Target(server, request);
    }

    /** Whether load can go there: plain HTTP, and a host. */
    static boolean isAddress(URI baseUrl) {
        return "http".equals(baseUrl.getScheme()) && baseUrl.getHost() != null;
    }

    /** The body that is sent, a chat completion request. */
    static byte[] body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", MockAnswers.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", USER_TEXT);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    URI baseUrl() {
        return baseUrl;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(baseUrl.getHost(), baseUrl.getPort() < 0 ? 80 : baseUrl.getPort());
    }

    /** Head and body; not to be changed by who gets it. */
    byte[] request() {
        return request;
    }
}
