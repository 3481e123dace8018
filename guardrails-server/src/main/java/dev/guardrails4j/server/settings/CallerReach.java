package dev.guardrails4j.server.settings;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.config.HttpAddress;
import dev.guardrails4j.engine.config.Reach;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code caller_configs}: what configurations that come over HTTP may reach, DESIGN 8. */
final class CallerReach {

    private static final String VARIABLES = "api_key_env_vars";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private CallerReach() {}

    static Reach read(Section section) {
        Map<HttpAddress, Set<String>> addresses = new HashMap<>();
        for (Section entry : section.list("addresses")) {
            Set<String> variables = variables(entry);
            url(entry)
                    .ifPresent(url -> addresses
                            .computeIfAbsent(HttpAddress.of(url).withoutVersion(), unknown -> new HashSet<>())
                            .addAll(variables));
        }
        Map<String, Set<String>> engines = new HashMap<>();
        for (Section entry : section.list("engines")) {
            Set<String> variables = variables(entry);
            entry.required("engine")
                    .ifPresent(engine -> engines.computeIfAbsent(
                                    engine.strip().toLowerCase(Locale.ROOT), unknown -> new HashSet<>())
                            .addAll(variables));
        }
        return new Reach(addresses, engines);
    }

    private static Optional<URI> url(Section entry) {
        return entry.required("url").flatMap(text -> {
            try {
                return Optional.of(HttpAddress.parse(text, RailConfigurationException::new));
            } catch (RailConfigurationException e) {
                entry.reject("url", String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static Set<String> variables(Section entry) {
        List<String> variables = entry.strings(VARIABLES);
        if (!variables.stream().allMatch(name -> VARIABLE.matcher(name).matches())) {
            entry.reject(VARIABLES, "must be names of environment variables; never the keys themselves");
            return Set.of();
        }
        return Set.copyOf(variables);
    }
}
