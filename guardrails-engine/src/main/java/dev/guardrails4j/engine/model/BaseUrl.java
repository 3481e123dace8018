package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.RailConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A base URL that can be asked. Problems never show it: people paste keys into URLs.
 *
 * @param uri without a slash at its end
 */
record BaseUrl(URI uri) {

    private static final Pattern VERSION = Pattern.compile("v[0-9][0-9a-z]*");

    /** @param error makes the exception for a problem */
    static BaseUrl parse(String text, Function<String, RailConfigurationException> error) {
        URI uri;
        try {
            uri = new URI(text.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw error.apply("is not a URL; it must be like https://example.com/v1");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw error.apply("must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw error.apply("must not hold a user or password; give a key with api_key_env_var");
        }
        if (uri.getHost() == null || uri.getPort() > 0xffff) {
            throw error.apply("names no valid host and port; it must be like https://example.com/v1");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw error.apply("must end with its path; give parameters with default_query");
        }
        if (uri.getPath().endsWith("/completions")) {
            throw error.apply("must end before /chat/completions, which is appended to it");
        }
        return new BaseUrl(uri);
    }

    /** Whether a segment of the path is a version: {@code /v1}, {@code /v1beta/openai}. */
    boolean hasVersion() {
        return Arrays.stream(uri.getPath().split("/"))
                .anyMatch(segment -> VERSION.matcher(segment).matches());
    }

    /** The same, with {@code /v1} appended if there is no version in it. */
    URI withVersion() {
        return hasVersion() ? uri : URI.create(uri + "/v1");
    }
}
