package dev.guardrails4j.engine.model;

import dev.guardrails4j.engine.config.ModelCacheConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often the cache of a model has helped, logged from time to time if the configuration wants it: when the cache is used
 * after the interval, since nothing changes before. Safe for use by many threads.
 */
final class CacheStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(CacheStatistics.class);

    private final String type;
    private final ModelCacheConfig config;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

    CacheStatistics(String type, ModelCacheConfig config) {
        this.type = type;
        this.config = config;
    }

    /** An answer was there. */
    void hit(long size) {
        hits.increment();
        logIfDue(size);
    }

    /** An answer was not there. */
    void miss(long size) {
        misses.increment();
        logIfDue(size);
    }

    /** An answer is kept. */
    void put() {
        puts.increment();
    }

    /** An answer had to make room for another. */
    void evicted() {
        evictions.increment();
    }

    private void logIfDue(long size) {
        config.logInterval().map(Duration::toNanos).ifPresent(interval -> {
            long now = System.nanoTime();
            long last = lastNanos.get();
            if (now - last >= interval && lastNanos.compareAndSet(last, now)) {
                log(size);
            }
        });
    }

    /** Logs how it stands, if that is wanted at all: contract "config and rails" 6.1. */
    void log(long size) {
        if (config.counts()) {
            long hit = hits.sum();
            long asked = hit + misses.sum();
            LOG.info(
                    "Cache of the model '{}': LFU Cache Statistics - Size: {}/{} | Hits: {} | Misses: {} | Hit Rate: {}% | Evictions: {} | Puts: {}",
                    type,
                    size,
                    config.maxSize(),
                    hit,
                    asked - hit,
                    String.format(Locale.ROOT, "%.2f", asked == 0 ? 0.0 : 100.0 * hit / asked),
                    evictions.sum(),
                    puts.sum());
        }
    }
}
