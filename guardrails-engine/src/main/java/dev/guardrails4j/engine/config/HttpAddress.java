package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What of a URL decides who answers: two that are spelt differently and reach the same are equal. Hosts are compared as text,
 * never resolved: other spellings of an IP address are other hosts.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; the whole authority if it is not one that URIs may have, such as a name with an underscore
 * @param port as it is written, or the scheme's usual one
 * @param path as it is written, without a slash at its end
 */
public record HttpAddress(String scheme, String host, int port, String path) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern VERSION = Pattern.compile("v[0-9][0-9a-z]*");

    /** What servers read differently: segments that lead upwards, and characters that may stand for a slash or a dot. */
    private static final Pattern LEADS_ELSEWHERE =
            Pattern.compile("(^|/)\\.\\.?(/|$)|//|;|%(2e|2f|5c|25)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the URL of something to be called. Problems never show it: people paste keys into URLs.
     *
     * @param error makes the exception for a problem
     */
    public static URI parse(String text, Function<String, RailConfigurationException> error) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw error.apply("is not a URL; it must be like https://example.com/v1");
        }
        if (!SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
            throw error.apply("must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw error.apply("must not hold a user or password; give a key with api_key_env_var");
        }
        if (uri.getHost() == null || uri.getPort() > 0xffff || uri.getPort() == 0) {
            throw error.apply("names no valid host and port; it must be like https://example.com/v1");
        }
        if (uri.getRawFragment() != null) {
            throw error.apply("must not hold a #");
        }
        return uri;
    }

    /** The address of a URL whose scheme is http or https. */
    public static HttpAddress of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usualPort = scheme.equals("https") ? 443 : 80;
        return new HttpAddress(
                scheme,
                (uri.getHost() == null ? uri.getRawAuthority() : uri.getHost()).toLowerCase(Locale.ROOT),
                uri.getPort() < 0 ? usualPort : uri.getPort(),
                uri.getRawPath().replaceFirst("/+$", ""));
    }

    /** The same without the version of an API at its end: {@code /v1}. */
    public HttpAddress withoutVersion() {
        int last = path.lastIndexOf('/');
        return last >= 0 && VERSION.matcher(path.substring(last + 1)).matches()
                ? new HttpAddress(scheme, host, port, path.substring(0, last))
                : this;
    }

    /** Whether this is the other one, or something below its path. */
    boolean isBelow(HttpAddress other) {
        return List.of(scheme, host, port).equals(List.of(other.scheme, other.host, other.port))
                && (other.path.isEmpty()
                        || ((path.equals(other.path) || path.startsWith(other.path + "/"))
                                && !LEADS_ELSEWHERE.matcher(path).find()));
    }
}
