package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.RailLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code rail_limits}: the general ones, those of plug-ins and those of rails. */
final class LimitsReader {

    private static final int MOST_CHECKS = 1_000_000;
    private static final int MOST_REMEMBERED = 10_000;
    private static final int PERCENT = 100;

    private LimitsReader() {}

    static RailLimits.Book read(Section section) {
        RailLimits general = limits(section.at("default"), RailLimits.DEFAULT);
        return new RailLimits.Book(general, each(section.at("plugins"), general), each(section.at("rails"), general));
    }

    private static Map<String, RailLimits> each(Section section, RailLimits general) {
        Map<String, RailLimits> limits = new LinkedHashMap<>();
        section.keys().forEach(name -> limits.put(name, limits(section.at(name), general)));
        return limits;
    }

    private static RailLimits limits(Section section, RailLimits general) {
        return new RailLimits(
                section.duration("timeout").or(general::timeout),
                section.integer("max_concurrent_checks", 1, MOST_CHECKS).orElse(general.maxConcurrentChecks()),
                breaker(section.at("circuit_breaker"), general.breaker()),
                section.duration("setup_timeout").orElse(general.setupTimeout()));
    }

    private static Optional<RailLimits.Breaker> breaker(Section section, Optional<RailLimits.Breaker> general) {
        RailLimits.Breaker base = general.or(RailLimits.DEFAULT::breaker).orElseThrow();
        boolean isGiven = !section.keys().isEmpty();
        RailLimits.Breaker breaker = new RailLimits.Breaker(
                section.integer("failure_rate", 1, PERCENT).orElse(base.failureRate()),
                section.integer("minimum_checks", 1, MOST_REMEMBERED).orElse(base.minimumChecks()),
                section.duration("open_for").orElse(base.openFor()),
                section.integer("probes", 1, MOST_REMEMBERED).orElse(base.probes()));
        boolean isOn = section.flag("enabled").orElse(isGiven || general.isPresent());
        return isOn ? Optional.of(breaker) : Optional.empty();
    }
}
