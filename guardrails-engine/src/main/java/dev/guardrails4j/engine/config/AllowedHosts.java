package dev.guardrails4j.engine.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that configurations may call, whoever wrote them. Hosts are compared as text, never resolved: a name that is
 * allowed is trusted with where it leads, and an IP address has to be listed as it is written. Immutable.
 */
public final class AllowedHosts {

    /** Every host. */
    public static final AllowedHosts ANY = new AllowedHosts(Optional.empty());

    private static final Pattern ENTRY = Pattern.compile(
            "(?<any>\\*\\.)?(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::(?<port>[0-9]{1,5}))?");

    private static final int HIGHEST_PORT = 65_535;

    private final Optional<List<Entry>> entries;

    private AllowedHosts(Optional<List<Entry>> entries) {
        this.entries = entries;
    }

    /**
     * Reads a list of {@code example.com}, {@code example.com:8443}, {@code *.example.com}, which are all names below it, and
     * {@code [::1]:8000}. Without a port, every port is allowed. An empty list allows nothing.
     *
     * @throws IllegalArgumentException if an entry is none of these
     */
    public static AllowedHosts parse(List<String> texts) {
        return new AllowedHosts(Optional.of(texts.stream().map(Entry::parse).toList()));
    }

    /** What keeps an address from being called; empty if nothing does. */
    Optional<String> problemOf(URI address) {
        HttpAddress called = HttpAddress.of(address);
        return entries.isEmpty() || entries.get().stream().anyMatch(entry -> entry.covers(called))
                ? Optional.empty()
                : Optional.of(
                        "is on a host that models.allowed_hosts in server.yml does not name; add the host there, or"
                                + " call one that is");
    }

    /**
     * One line.
     *
     * @param host in lower case
     * @param port empty for every one
     */
    private record Entry(String host, boolean coversBelow, Optional<Integer> port) {

        static Entry parse(String text) {
            Matcher entry = ENTRY.matcher(text.strip());
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "must be hosts, such as api.openai.com, models.example.com:8443 or *.example.com");
            }
            Optional<Integer> port = Optional.ofNullable(entry.group("port")).map(Integer::valueOf);
            if (port.filter(number -> number == 0 || number > HIGHEST_PORT).isPresent()) {
                throw new IllegalArgumentException("names a port that is not between 1 and " + HIGHEST_PORT);
            }
            return new Entry(entry.group("host").toLowerCase(Locale.ROOT), entry.group("any") != null, port);
        }

        boolean covers(HttpAddress address) {
            boolean isHost = coversBelow
                    ? address.host().endsWith("." + host)
                    : address.host().equals(host);
            return isHost && port.map(only -> only == address.port()).orElse(true);
        }
    }
}
