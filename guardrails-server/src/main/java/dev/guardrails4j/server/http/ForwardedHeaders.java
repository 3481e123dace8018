package dev.guardrails4j.server.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The headers of requests that are passed on to the main model: contract "checks" 7, where the reference passes on every
 * {@code X-} header. Immutable.
 *
 * @param names in lower case
 */
public record ForwardedHeaders(Set<String> names) {

    /** None. */
    public static final ForwardedHeaders NONE = new ForwardedHeaders(Set.of());

    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("x-[a-z0-9-]{1,100}");

    /** What is about the request itself, and not for the model. */
    private static final Set<String> OURS =
            Set.of("x-model-authorization", "x-request-timeout", "x-forwarded-for", "x-forwarded-host", "x-real-ip");

    public ForwardedHeaders {
        names = Set.copyOf(names);
    }

    /**
     * Reads what an operator writes.
     *
     * @throws IllegalArgumentException if one is not the name of a header that may be passed on
     */
    public static ForwardedHeaders parse(Collection<String> texts) {
        Set<String> names = new TreeSet<>();
        for (String text : texts) {
            String name = text.strip().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches() || OURS.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + text.strip()
                                + "' is not a header that can be passed on; give names such as X-Tenant-Id, which begin with X-");
            }
            names.add(name);
        }
        if (names.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " headers");
        }
        return new ForwardedHeaders(names);
    }
}
