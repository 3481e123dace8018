package dev.guardrails4j.engine.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How answers of a model are remembered: {@code models[].cache}, contract "config and rails" 6.1.
 *
 * @param maxSize how many answers at most, at least 1
 * @param counts whether it is counted how often that helps
 * @param logInterval how often the count is logged; only when the model is closed if empty
 */
public record ModelCacheConfig(int maxSize, boolean counts, Optional<Duration> logInterval) {

    static final int DEFAULT_MAX_SIZE = 50_000;
}
