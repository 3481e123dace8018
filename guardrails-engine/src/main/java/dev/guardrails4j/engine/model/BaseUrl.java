package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.config.HttpAddress;
import java.net.URI;
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
        URI uri = HttpAddress.parse(text.strip().replaceFirst("/+$", ""), error);
        if (uri.getRawQuery() != null) {
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
