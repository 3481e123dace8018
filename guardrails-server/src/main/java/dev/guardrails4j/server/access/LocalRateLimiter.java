package dev.guardrails4j.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/** Counts in this process. Safe for use by many threads. */
public final class LocalRateLimiter implements RateLimiter {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final TimeMeter time;

    /** By name and limit: one that is changed begins anew. */
    private final Cache<Counted, Buckets> buckets = Caffeine.newBuilder()
            .maximumSize(2L * AccessKey.MOST)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .build();

    /** By the time of this machine. */
    public LocalRateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    LocalRateLimiter(TimeMeter time) {
        this.time = time;
    }

    @Override
    public Allowance take(AccessKey key) {
        return key.limit().equals(RateLimit.NONE)
                ? Allowance.UNLIMITED
                : buckets(key).take();
    }

    @Override
    public void spend(AccessKey key, long tokens) {
        if (tokens > 0 && key.limit().tokensPerMinute().isPresent()) {
            buckets(key).tokens().ifPresent(bucket -> bucket.bucket().consumeIgnoringRateLimits(tokens));
        }
    }

    @Override
    public void close() {
        buckets.invalidateAll();
    }

    private Buckets buckets(AccessKey key) {
        return buckets.get(
                new Counted(key.name(), key.limit()),
                counted -> new Buckets(
                        counted.limit().requestsPerMinute().map(this::bucket),
                        counted.limit().tokensPerMinute().map(this::bucket)));
    }

    private Limited bucket(int perMinute) {
        return new Limited(
                perMinute,
                Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    private record Counted(String name, RateLimit limit) {}

    private record Limited(int perMinute, Bucket bucket) {

        Budget budget() {
            return Budget.of(perMinute, bucket.getAvailableTokens());
        }

        Duration wait(boolean isGranted) {
            return isGranted ? Duration.ZERO : Budget.until(perMinute, bucket.getAvailableTokens());
        }
    }

    private record Buckets(Optional<Limited> requests, Optional<Limited> tokens) {

        Allowance take() {
            boolean hasTokens = tokens.map(limited -> limited.bucket().getAvailableTokens() > 0)
                    .orElse(true);
            boolean isGranted = hasTokens
                    && requests.map(limited -> limited.bucket().tryConsume(1)).orElse(true);
            Duration forTokens = tokens.map(limited -> limited.wait(hasTokens)).orElse(Duration.ZERO);
            Duration forRequests = requests.map(limited -> limited.wait(isGranted || !hasTokens))
                    .orElse(Duration.ZERO);
            return new Allowance(
                    isGranted,
                    requests.map(Limited::budget),
                    tokens.map(Limited::budget),
                    forTokens.compareTo(forRequests) > 0 ? forTokens : forRequests);
        }
    }
}
