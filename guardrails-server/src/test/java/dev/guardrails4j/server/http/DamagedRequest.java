package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.DamagedJson.CANARY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.SeededRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A request as it is sent.
 *
 * @param head its first line and headers, with the empty line after them
 * @param isAboutConfigs whether what must not be told may stand where its author is told what is wrong with it: in a
 *     configuration, or in its name
 */
record DamagedRequest(Target target, String head, byte[] body, boolean isAboutConfigs) {

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud83d",
            "\\u0000",
            "null",
            "true",
            "-1",
            "1e999",
            "NaN",
            "0x1",
            "'",
            "//",
            "{\"a\":",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\"messages\":[],",
            "\"model\":1,",
            "\uFEFF",
            "\u0000");

    private static final List<String> HTTP_TOKENS = List.of(
            "\r\n",
            "\n",
            "\r",
            " ",
            ":",
            "\t",
            "\u0000",
            "\u00e9",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/9",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET",
            "HEAD",
            "OPTIONS",
            "CONNECT",
            "TRACE",
            "BREW",
            "*",
            "//",
            "/..",
            "/%2e%2e/",
            "%",
            "%00",
            "%zz",
            "?a=b",
            "#",
            ";a=b",
            "http://other.example/",
            "Host: other.example\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: 1, 2\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Content-Encoding: gzip\r\n",
            "Content-Type: text/plain\r\n",
            "Content-Type: ;;;\r\n",
            "Content-Type: application/json; charset=utf-99\r\n",
            "Expect: 100-continue\r\n",
            "Expect: x\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
            "Upgrade: websocket\r\n",
            "Origin: null\r\n",
            "Authorization: Bearer\r\n",
            "X-Request-Id: \u0001\r\n",
            "Range: bytes=0-\r\n",
            "traceparent: 00-x-y-z\r\n",
            "X-Model-Authorization: \u00ff\r\n",
            " folded\r\n",
            "Accept: ,,;q=x\r\n",
            "X: " + "x".repeat(20_000) + "\r\n",
            "X: x\r\n".repeat(300),
            "ffffffff\r\n",
            "0\r\n\r\n",
            "-1\r\n");

    private static final Set<String> CONFIG_KEYS =
            Set.of("config", "config_id", "config_ids", "data", "name", "namespace", "workspace");

    /** What is sent to a route, undamaged. */
    record Target(String method, String path, JsonNode body) {}

    /** A request whose body may be any, but which HTTP allows. */
    static DamagedRequest of(Target target, SeededRandom random) {
        JsonNode damaged = DamagedJson.of(target.body(), random);
        String json = random.oneIn(6) ? escaped(damaged.toString()) : damaged.toString();
        byte[] body = json.getBytes(UTF_8);
        boolean isAboutConfigs = isAboutConfigs(damaged, false);
        if (random.oneIn(3)) {
            body = random.oneIn(2) ? random.damaged(json, TOKENS).getBytes(UTF_8) : random.damaged(body);
            isAboutConfigs |= !damaged.findValues("config").isEmpty()
                    || !damaged.findValues("data").isEmpty();
        }
        String head = target.method() + " " + target.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X-Request-Id: " + (isAboutConfigs ? "configs" : "request") + "\r\n"
                + random.oneOf(List.of(
                        "Content-Type: application/json\r\n", "Content-Type: application/json; charset=utf-8\r\n"));
        if (random.oneIn(4)) {
            return new DamagedRequest(
                    target, head + "Transfer-Encoding: chunked\r\n\r\n", chunked(body, random), isAboutConfigs);
        }
        return new DamagedRequest(target, head + "Content-Length: " + body.length + "\r\n\r\n", body, isAboutConfigs);
    }

    private static boolean isAboutConfigs(JsonNode node, boolean isInConfig) {
        if (node.isTextual()) {
            return isInConfig && node.textValue().contains(CANARY);
        }
        return node.isObject()
                ? node.properties().stream()
                        .anyMatch(field ->
                                isAboutConfigs(field.getValue(), isInConfig || CONFIG_KEYS.contains(field.getKey())))
                : StreamSupport.stream(node.spliterator(), false).anyMatch(item -> isAboutConfigs(item, isInConfig));
    }

    /** Every character that is none of ASCII's as JSON escapes it, halves of surrogate pairs too. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars()
                .forEach(unit -> escaped.append(unit < 0x80 ? String.valueOf((char) unit) : "\\u%04x".formatted(unit)));
        return escaped.toString();
    }

    private static byte[] chunked(byte[] body, SeededRandom random) {
        StringBuilder chunks = new StringBuilder();
        String latin = new String(body, ISO_8859_1);
        for (String piece : random.pieces(latin, random.oneOf(List.of(3, 100, 10_000)))) {
            if (!piece.isEmpty()) {
                chunks.append(Integer.toHexString(piece.length()))
                        .append("\r\n")
                        .append(piece)
                        .append("\r\n");
            }
        }
        return chunks.append("0\r\n\r\n").toString().getBytes(ISO_8859_1);
    }

    /** A request of which even the head may be any. Its body holds nothing that must not be told. */
    static DamagedRequest broken(Target target, SeededRandom random) {
        DamagedRequest whole = of(target, random);
        String text = whole.head() + new String(whole.body(), ISO_8859_1).replace(CANARY, "other");
        int end = Math.min(text.length(), whole.head().length() + random.below(20));
        String head = random.damaged(text.substring(0, end), HTTP_TOKENS);
        return new DamagedRequest(target, head, text.substring(end).getBytes(ISO_8859_1), false);
    }

    @Override
    public String toString() {
        return head + new String(body, UTF_8);
    }
}
