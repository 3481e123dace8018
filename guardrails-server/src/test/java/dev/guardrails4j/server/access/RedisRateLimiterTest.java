package dev.guardrails4j.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@DisplayName("Issue 7, security: rate limits that several servers share through Redis")
class RedisRateLimiterTest {

    @TempDir
    private Path folder;

    private static AccessKey key(Optional<Integer> requests, Optional<Integer> tokens) {
        return new AccessKey(
                "app",
                List.of(KeyHash.of("app")),
                Permissions.DEFAULT,
                new RateLimit(requests, tokens),
                Optional.empty());
    }

    private static RedisRateLimiter at(RedisServer redis) {
        return RedisRateLimiter.at(RedisAddress.parse("redis://" + redis.address()));
    }

    @Test
    void areCountedForAllServersTogether() {
        AccessKey key = key(Optional.of(100), Optional.empty());
        try (RedisServer redis = RedisServer.startOrSkip(folder);
                RedisRateLimiter one = at(redis);
                RedisRateLimiter other = at(redis)) {
            long granted = IntStream.range(0, 300)
                    .parallel()
                    .filter(i -> (i % 2 == 0 ? one : other).take(key).isGranted())
                    .count();

            // While they ask, some come back.
            assertThat(granted).isBetween(100L, 130L);
            Allowance refused = other.take(key);
            if (!refused.isGranted()) {
                assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
            }
            assertThat(refused.requests()).map(Budget::limit).contains(100L);
        }
    }

    @Test
    void countTokensThatOneServerSpentAtTheOther() {
        AccessKey key = key(Optional.of(100), Optional.of(1_000));
        try (RedisServer redis = RedisServer.startOrSkip(folder);
                RedisRateLimiter one = at(redis);
                RedisRateLimiter other = at(redis)) {
            assertThat(other.take(key).tokens()).map(Budget::remaining).contains(1_000L);
            one.spend(key, 5_000);

            Allowance refused = other.take(key);
            assertThat(refused.isGranted()).isFalse();
            assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
            assertThat(refused.tokens()).map(Budget::remaining).contains(0L);
            assertThat(refused.requests())
                    .map(Budget::remaining)
                    .hasValueSatisfying(left -> assertThat(left).isBetween(99L, 100L));
        }
    }

    @Test
    void comeBackThoughTheClockOfRedisWasSetBack() {
        AccessKey key = key(Optional.of(6_000), Optional.empty());
        try (RedisServer redis = RedisServer.startOrSkip(folder);
                RedisRateLimiter limiter = at(redis);
                Jedis client = redis.client()) {
            limiter.take(key);
            long hourAhead = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) + TimeUnit.HOURS.toMicros(1);
            String hash = client.keys("guardrails:limits:*").iterator().next();
            client.hset(hash, Map.of("requests", "0", "requests_at", String.valueOf(hourAhead)));

            assertThat(limiter.take(key).isGranted()).isFalse();

            await().until(() -> limiter.take(key).isGranted());
        }
    }

    @Test
    void areCountedByEachServerWhileRedisIsGone() {
        AccessKey key = key(Optional.of(2), Optional.of(1_000));
        RedisServer redis = RedisServer.startOrSkip(folder);
        try (RedisRateLimiter limiter = at(redis)) {
            limiter.take(key);
            redis.close();

            assertThat(limiter.take(key).isGranted()).isTrue();
            assertThat(limiter.take(key).isGranted()).isTrue();
            assertThat(limiter.take(key).isGranted()).isFalse();
            limiter.spend(key, 5_000);
            await().untilAsserted(
                            () -> assertThat(limiter.take(key).isGranted()).isFalse());
        }
    }
}
