package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.trace.ActivatedRail;
import java.util.Locale;

/** What a rail did, in a line of the terminal. */
final class RailLine {

    private RailLine() {}

    /** {@code "     [input] self check input: blocked, 12 ms"}. */
    static String of(ActivatedRail rail) {
        return "     [%s] %s: %s, %d ms"
                .formatted(
                        rail.type(),
                        rail.name(),
                        rail.outcome().name().toLowerCase(Locale.ROOT),
                        rail.duration().toMillis());
    }
}
