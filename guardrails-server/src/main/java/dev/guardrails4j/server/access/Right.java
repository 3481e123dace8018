package dev.guardrails4j.server.access;

import dev.guardrails4j.engine.config.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a key may do beside asking the configurations that it may use; nothing of it unless its line says so. */
public enum Right {
    /** Bring a configuration with a request: it chooses its rails itself, or none. */
    INLINE_CONFIGS,
    /** Store configurations, change and delete them. */
    WRITE_CONFIGS,
    /** List and execute the actions of plug-ins. */
    RUN_ACTIONS,
    /** Read {@code /metrics}. */
    READ_METRICS,
    /** Read what the server is made of: its plug-ins. */
    ADMINISTER;

    private static final List<String> NAMES =
            Arrays.stream(values()).map(Right::wireName).toList();

    /**
     * Reads a right as it is written.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Right parse(String text) {
        if (!NAMES.contains(text)) {
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", NAMES) + Spelling.suggestion(text, NAMES));
        }
        return values()[NAMES.indexOf(text)];
    }

    /** {@code "write_configs"}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
