package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Where load goes, and what it is made of, as bytes made once. Immutable. */
final class Target {

    /** Sixteen characters of a body that become a number, another one for each request. */
    static final String NUMBER = "################";

    private static final String USER_TEXT =
            "My order has not arrived yet, and the tracking page has shown the same place for"
                    + " three days. Can you tell me whether it is lost,"
                    + " and what I should do to get my money back or a second parcel?";

    private final URI url;
    private final byte[] request;
    private final int repeats;

    private Target(URI url, byte[] request, int repeats) {
        this.url = url;
        this.request = request;
        this.repeats = repeats;
    }

    /** @param baseUrl as {@code http://127.0.0.1:8000/v1}; a user's message of 200 bytes is sent there */
    static Target chatCompletions(URI baseUrl) {
        return post(baseUrl, "/chat/completions", body().toString());
    }

    /** The same for one of the server's configurations. */
    static Target chatCompletions(URI baseUrl, String configId) {
        ObjectNode body = body();
        body.putObject("guardrails").put("config_id", configId);
        return post(baseUrl, "/chat/completions", body.toString());
    }

    /** @param path what a JSON text is sent to, below the address */
    static Target post(URI address, String path, String json) {
        return of(address, "POST", path, json.getBytes(StandardCharsets.UTF_8), 1);
    }

    /** @param path what is asked for, below the address */
    static Target get(URI address, String path) {
        return of(address, "GET", path, new byte[0], 1);
    }

    /** The same, with every {@link #NUMBER} the same for so many requests of a connection, one after the other. */
    Target repeating(int requests) {
        return new Target(url, request, requests);
    }

    private static Target of(URI address, String method, String path, byte[] body, int repeats) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("load needs an address such as http://127.0.0.1:8000/v1");
        }
        String about =
                body.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
        byte[] head = (method + " " + address.getPath() + path + " HTTP/1.1\r\n"
                        + "Host: " + address.getAuthority() + "\r\n"
                        + "Accept: application/json\r\n"
                        + about + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return new Target(URI.create(address + path), request, repeats);
    }

    /** Whether load can go there: plain HTTP, and a host. */
    static boolean isAddress(URI address) {
        return "http".equals(address.getScheme()) && address.getHost() != null;
    }

    /** A chat completion request of one message. */
    static ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", MockAnswers.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", USER_TEXT);
        return body;
    }

    /** Where it goes, as messages tell it. */
    String name() {
        return url.toString();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }

    /** @param connection which one they are for; numbers are its own */
    NumberedRequests requests(int connection) {
        return new NumberedRequests(request, connection, repeats);
    }
}
