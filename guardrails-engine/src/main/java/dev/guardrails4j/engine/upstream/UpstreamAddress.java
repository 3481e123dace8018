package dev.guardrails4j.engine.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What calls have in common that reach one server.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the scheme's own if none is said
 */
record UpstreamAddress(String scheme, String host, int port) {

    private static final Map<String, Integer> USUAL_PORTS = Map.of("http", 80, "https", 443);

    /** @param uri one that has a scheme and a host */
    static UpstreamAddress of(URI uri) {
        String scheme = Objects.requireNonNull(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = Objects.requireNonNull(uri.getHost()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? USUAL_PORTS.getOrDefault(scheme, -1) : uri.getPort();
        return new UpstreamAddress(scheme, host, port);
    }

    /** As people write it: {@code https://api.openai.com}, {@code http://localhost:8000}. */
    @Override
    public String toString() {
        boolean isUsual = USUAL_PORTS.getOrDefault(scheme, -1) == port;
        return scheme + "://" + host + (isUsual ? "" : ":" + port);
    }
}
