package dev.guardrails4j.server.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The origins whose pages may read the server's answers in a browser (CORS). Immutable.
 *
 * @param origins as browsers write them: {@code "https://app.example.com"}; {@code "*"} for any; empty for none
 */
public record AllowedOrigins(Set<String> origins) {

    private static final String WILDCARD = "*";

    /** No origin: browsers are told nothing. */
    public static final AllowedOrigins NONE = new AllowedOrigins(Set.of());

    /** Every origin. */
    public static final AllowedOrigins ANY = new AllowedOrigins(Set.of(WILDCARD));

    private static final int MOST = 1_000;
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?|null|\\*");

    public AllowedOrigins {
        origins = Set.copyOf(origins);
    }

    /**
     * Reads what an operator writes.
     *
     * @param texts an origin each; blanks around it do not matter, and a blank one is none
     * @throws IllegalArgumentException if one is not an origin
     */
    public static AllowedOrigins parse(Collection<String> texts) {
        Set<String> origins = new HashSet<>();
        for (String text : texts) {
            String origin = text.strip().toLowerCase(Locale.ROOT);
            if (origin.isEmpty()) {
                continue;
            }
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("'" + text.strip()
                        + "' is not an origin; give * or origins such as https://app.example.com, without a path");
            }
            origins.add(origin);
        }
        if (origins.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " origins");
        }
        return new AllowedOrigins(origins);
    }

    /** Reads several with commas between them. */
    public static AllowedOrigins parse(String commaSeparated) {
        return parse(Arrays.asList(commaSeparated.split(",")));
    }

    boolean isNone() {
        return origins.isEmpty();
    }

    boolean allows(String origin) {
        return origins.contains(WILDCARD) || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}
