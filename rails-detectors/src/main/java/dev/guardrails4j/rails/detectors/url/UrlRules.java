package dev.guardrails4j.rails.detectors.url;

import dev.guardrails4j.api.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which URLs a configuration lets pass: {@code rails.config.url_check}. Immutable; safe for use by many threads.
 *
 * @param allowed domains that may be named, with their subdomains; empty for all that are not denied
 * @param denied domains that may not
 * @param schemes what a URL may begin with
 * @param userInfo whether something may stand before an {@code @}
 * @param addresses whether a URL may name an address instead of a host
 * @param homographs whether hosts may look like others
 */
record UrlRules(
        List<String> allowed,
        List<String> denied,
        Set<String> schemes,
        boolean userInfo,
        boolean addresses,
        boolean homographs) {

    static UrlRules of(Settings settings) {
        List<String> schemes = settings.strings("schemes", List.of("http", "https", "ftp", "ftps", "ws", "wss"));
        return new UrlRules(
                domains("allow", settings),
                domains("deny", settings),
                Set.copyOf(schemes.stream()
                        .map(scheme -> scheme.toLowerCase(Locale.ROOT))
                        .toList()),
                settings.flag("allow_user_info", false),
                settings.flag("allow_ip_addresses", true),
                settings.flag("allow_homographs", false));
    }

    private static List<String> domains(String key, Settings settings) {
        List<String> domains = new ArrayList<>();
        for (String written : settings.strings(key, List.of())) {
            String bare = written.startsWith("*.") ? written.substring(2) : written;
            Optional<HostName> host = bare.matches("[^/@:*\\s]+|\\[[^\\]]+\\]") ? HostName.of(bare) : Optional.empty();
            domains.add(host.map(HostName::ascii)
                    .orElseThrow(() -> settings.error(
                            key,
                            "'%s' is not a domain; write example.com, which stands for its subdomains too"
                                    .formatted(written))));
        }
        return List.copyOf(domains);
    }

    /** What is wrong with a URL, in a word; empty if it may pass. */
    Optional<String> complaint(FoundUrl url) {
        if (!url.scheme().isEmpty() && !schemes.contains(url.scheme())) {
            return Optional.of("scheme");
        }
        Optional<HostName> host = HostName.of(url.host());
        if (host.isEmpty()) {
            return Optional.of("unreadable_host");
        }
        if (!userInfo && !url.userInfo().isEmpty()) {
            return Optional.of("user_info");
        }
        if (host.get().isObscureAddress() || (!addresses && host.get().isAddress())) {
            return Optional.of("ip_address");
        }
        if (!homographs && host.get().isHomograph()) {
            return Optional.of("homograph");
        }
        if (isAnyOf(denied, host.get())) {
            return Optional.of("denied");
        }
        return allowed.isEmpty() || isAnyOf(allowed, host.get()) ? Optional.empty() : Optional.of("not_allowed");
    }

    private static boolean isAnyOf(List<String> domains, HostName host) {
        return domains.stream().anyMatch(host::isWithin);
    }
}
