package dev.guardrails4j.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one rail may take, so that a slow or faulty one does not take the others with it. Immutable.
 *
 * @param timeout the longest time of one check, whatever its flow says; empty if the flow alone says, or 60 s
 * @param maxConcurrentChecks how many checks of it may run at once, in all configurations together; at least 1. A check
 *     that goes on after its time counts until it ends
 * @param breaker when a rail that fails again and again is left alone for a while; empty for never
 * @param setupTimeout how long it may take to configure the rail, or to connect a model of its plug-in; more than nothing
 */
public record RailLimits(
        Optional<Duration> timeout, int maxConcurrentChecks, Optional<Breaker> breaker, Duration setupTimeout) {

    /** 1,000 checks at once; left alone for 10 s when half of the last 20 to 100 checks have failed; configured in 60 s. */
    public static final RailLimits DEFAULT = new RailLimits(
            Optional.empty(),
            1_000,
            Optional.of(new Breaker(50, 20, Duration.ofSeconds(10), 3)),
            Duration.ofSeconds(60));

    public RailLimits {
        Objects.requireNonNull(timeout, "timeout is null");
        Objects.requireNonNull(breaker, "breaker is null");
        if (maxConcurrentChecks < 1) {
            throw new IllegalArgumentException("maxConcurrentChecks is below 1");
        }
        if (setupTimeout.isZero() || setupTimeout.isNegative()) {
            throw new IllegalArgumentException("setupTimeout must be more than nothing");
        }
    }

    /**
     * When a rail is left alone: each mention of it in a configuration on its own account, so that one configuration's
     * faults do not stop another's checks.
     *
     * @param failureRate the share of failed checks in percent, 1 to 100, that opens the breaker
     * @param minimumChecks how many checks there must have been, at least 1
     * @param openFor how long no check runs then
     * @param probes how many checks are tried after that; if few enough of them fail, all is as before
     */
    public record Breaker(int failureRate, int minimumChecks, Duration openFor, int probes) {

        public Breaker {
            if (failureRate < 1 || failureRate > 100) {
                throw new IllegalArgumentException("failureRate is not within 1 and 100");
            }
            if (minimumChecks < 1 || probes < 1 || openFor.isZero() || openFor.isNegative()) {
                throw new IllegalArgumentException("minimumChecks, openFor and probes must be more than nothing");
            }
        }
    }

    /**
     * The limits of every rail. Those of a rail go before those of its plug-in, and those before the general ones.
     *
     * @param general for every rail
     * @param byPlugin by the name of the plug-in's file or folder: {@code "acme.jar"}
     * @param byRail by the name of the rail
     */
    public record Book(RailLimits general, Map<String, RailLimits> byPlugin, Map<String, RailLimits> byRail) {

        /** {@link #DEFAULT} for every rail. */
        public static final Book DEFAULT = new Book(RailLimits.DEFAULT, Map.of(), Map.of());

        public Book {
            byPlugin = Map.copyOf(byPlugin);
            byRail = Map.copyOf(byRail);
        }

        /** The limits of a rail. */
        public RailLimits of(String rail, String plugin) {
            return byRail.getOrDefault(rail, ofPlugin(plugin));
        }

        /** The limits of what a plug-in brings beside rails. */
        public RailLimits ofPlugin(String plugin) {
            return byPlugin.getOrDefault(plugin, general);
        }
    }
}
