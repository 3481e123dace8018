package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Lets in programs of this machine only, DESIGN 8: where there are no API keys, they alone may change what the server does.
 * Immutable.
 */
final class LocalClients {

    /** What a proxy adds that passes on a request of another machine. */
    private static final List<String> PASSED_ON = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");

    private final AllowedOrigins origins;

    /** @param origins of which pages in a browser of this machine count; * names none of them */
    LocalClients(AllowedOrigins origins) {
        this.origins = origins;
    }

    /**
     * Refuses all others.
     *
     * @throws RequestException if a request comes from another machine, or from a page of another site: one that has the
     *     browser take this server for its own is known by its origin
     */
    void require(Context context) {
        boolean isLocal = isLoopback(context.req().getRemoteAddr())
                && PASSED_ON.stream().allMatch(name -> context.header(name) == null);
        Optional<String> origin = Optional.ofNullable(context.header("Origin"));
        if (!isLocal || !origin.map(this::isTrusted).orElse(true)) {
            throw RequestException.of(
                    HttpStatus.FORBIDDEN_403,
                    "Configurations are written from the server's own machine only, because it has no API keys");
        }
    }

    private boolean isTrusted(String origin) {
        if (!origins.equals(AllowedOrigins.ANY) && origins.allows(origin)) {
            return true;
        }
        try {
            String host = URI.create(origin).getHost();
            return host != null && isLoopback(host);
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    /** Whether an address is this machine's own to itself, or its name for that. */
    static boolean isLoopback(String address) {
        try {
            // Only what is an address already: nothing is looked up.
            return address.equals("localhost")
                    || (ADDRESS.matcher(address).matches()
                            && InetAddress.getByName(address).isLoopbackAddress());
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
