package dev.guardrails4j.server.configs.store;

/**
 * How much callers may store.
 *
 * @param maxConfigs how many configurations, in all workspaces together
 * @param maxBytes how long they may be together
 */
public record ConfigLimits(int maxConfigs, long maxBytes) {

    public static final ConfigLimits DEFAULT = new ConfigLimits(1_000, 64L << 20);

    /** @throws ConfigRefusedException if there may not be so much */
    void require(long configs, long bytes) {
        if (configs > maxConfigs) {
            throw ConfigRefusedException.full("configurations", maxConfigs);
        }
        if (bytes > maxBytes) {
            throw ConfigRefusedException.full("bytes", maxBytes);
        }
    }
}
