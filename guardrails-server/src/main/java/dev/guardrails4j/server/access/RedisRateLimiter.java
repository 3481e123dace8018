package dev.guardrails4j.server.access;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisConnections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts in Redis, for all servers together, by Redis' own clock. While Redis does not answer, each server counts for itself.
 * Safe for use by many threads.
 */
public final class RedisRateLimiter implements RateLimiter {

    private static final Logger LOG = LoggerFactory.getLogger(RedisRateLimiter.class);

    private static final String KEY = "guardrails:limits:{%s}";

    /** Nobody waits for a Redis that has just failed. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(1);

    /**
     * Limits, then what is spent: requests and tokens each, 0 for no limit. One hash a key, forgotten after a day. A clock of
     * Redis that was set back costs nobody more than a minute.
     */
    private static final String READ = """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local function available(field, limit)
              local seen = redis.call('HMGET', KEYS[1], field, field .. '_at')
              local before = tonumber(seen[1]) or limit
              local at = tonumber(seen[2]) or now
              if at > now then redis.call('HSET', KEYS[1], field .. '_at', string.format('%.0f', now)) end
              return math.min(limit, before + math.max(0, now - at) * limit / 60000000)
            end
            local function keep(field, left)
              redis.call('HSET', KEYS[1], field, string.format('%.6f', left), field .. '_at', string.format('%.0f', now))
              redis.call('EXPIRE', KEYS[1], 86400)
            end
            """;

    private static final String TAKE = READ + """
            local requests_limit, tokens_limit = tonumber(ARGV[1]), tonumber(ARGV[2])
            local requests = available('requests', requests_limit)
            local tokens = available('tokens', tokens_limit)
            local granted = (tokens_limit == 0 or tokens >= 1) and (requests_limit == 0 or requests >= 1)
            if granted and requests_limit > 0 then
              requests = requests - 1
              keep('requests', requests)
            end
            return {granted and 1 or 0, math.floor(requests), math.floor(tokens)}
            """;

    private static final String SPEND = READ + """
            keep('tokens', available('tokens', tonumber(ARGV[1])) - tonumber(ARGV[2]))
            return 0
            """;

    private final UnifiedJedis redis;
    private final RateLimiter local = new LocalRateLimiter();
    private final AtomicBoolean isLost = new AtomicBoolean();
    private final AtomicLong leftAloneUntil = new AtomicLong(System.nanoTime());

    private RedisRateLimiter(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Counts there; whether Redis answers shows with the first request. */
    public static RedisRateLimiter at(RedisAddress address) {
        return new RedisRateLimiter(RedisConnections.open(address));
    }

    @Override
    public Allowance take(AccessKey key) {
        if (key.limit().equals(RateLimit.NONE)) {
            return Allowance.UNLIMITED;
        }
        int requests = key.limit().requestsPerMinute().orElse(0);
        int tokens = key.limit().tokensPerMinute().orElse(0);
        return ask(key, TAKE, List.of(String.valueOf(requests), String.valueOf(tokens)))
                .map(answer -> allowance(key.limit(), (List<?>) answer))
                .orElseGet(() -> local.take(key));
    }

    private static Allowance allowance(RateLimit limit, List<?> answer) {
        boolean isGranted = number(answer, 0) == 1;
        long requests = number(answer, 1);
        long tokens = number(answer, 2);
        Duration forTokens = limit.tokensPerMinute()
                .filter(perMinute -> tokens < 1)
                .map(perMinute -> Budget.until(perMinute, tokens))
                .orElse(Duration.ZERO);
        Duration forRequests = limit.requestsPerMinute()
                .filter(perMinute -> !isGranted && requests < 1)
                .map(perMinute -> Budget.until(perMinute, requests))
                .orElse(Duration.ZERO);
        return new Allowance(
                isGranted,
                limit.requestsPerMinute().map(perMinute -> Budget.of(perMinute, requests)),
                limit.tokensPerMinute().map(perMinute -> Budget.of(perMinute, tokens)),
                forTokens.compareTo(forRequests) > 0 ? forTokens : forRequests);
    }

    private static long number(List<?> answer, int index) {
        return ((Number) answer.get(index)).longValue();
    }

    @Override
    public void spend(AccessKey key, long tokens) {
        key.limit().tokensPerMinute().filter(limit -> tokens > 0).ifPresent(limit -> {
            if (ask(key, SPEND, List.of(String.valueOf(limit), String.valueOf(tokens)))
                    .isEmpty()) {
                local.spend(key, tokens);
            }
        });
    }

    /** Empty if Redis does not answer. */
    private Optional<Object> ask(AccessKey key, String script, List<String> arguments) {
        if (isLost.get() && System.nanoTime() - leftAloneUntil.get() < 0) {
            return Optional.empty();
        }
        try {
            Object answer = redis.eval(script, List.of(KEY.formatted(key.name())), arguments);
            if (isLost.compareAndSet(true, false)) {
                LOG.info("Redis answers again; rate limits are shared by all servers");
            }
            return Optional.of(answer);
        } catch (JedisException e) {
            leftAloneUntil.set(System.nanoTime() + LEFT_ALONE.toNanos());
            if (isLost.compareAndSet(false, true)) {
                LOG.warn(
                        "Redis does not answer; until it does, this server counts rate limits for itself: {}",
                        e.toString());
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        redis.close();
        local.close();
    }
}
