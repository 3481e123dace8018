package dev.guardrails4j.server.threads;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisConnections;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Threads in Redis 6 or newer, for several servers that share them.
 *
 * <p>A thread is a list of messages and a hash of what is known of it, in one slot of a cluster. A scope has two indexes of
 * its threads' ids, in another slot: in their order, and by time, so that those that have expired can be dropped.
 */
final class RedisThreads implements ThreadStore {

    /** Appends a turn, unless it would be too long or is there already because the client sent it once more. */
    private static final byte[] APPEND = """
            if redis.call('HGET', KEYS[2], 'turn') == ARGV[4] then return 'done' end
            local bytes = tonumber(redis.call('HGET', KEYS[2], 'bytes') or '0')
            for i = 6, #ARGV do bytes = bytes + #ARGV[i] end
            if redis.call('LLEN', KEYS[1]) + #ARGV - 5 > tonumber(ARGV[1]) then return 'messages' end
            if bytes > tonumber(ARGV[2]) then return 'bytes' end
            for i = 6, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
            redis.call('HSET', KEYS[2], 'turn', ARGV[4], 'bytes', bytes, 'at', ARGV[5])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return 'done'
            """.getBytes(UTF_8);

    /** Notes a thread in the indexes, and drops some that have expired. */
    private static final String NOTE = """
            redis.call('ZADD', KEYS[1], 0, ARGV[1])
            redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[3], 'LIMIT', 0, 100)) do
              redis.call('ZREM', KEYS[1], id)
              redis.call('ZREM', KEYS[2], id)
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            redis.call('PEXPIRE', KEYS[2], ARGV[4])
            return 'done'
            """;

    private final UnifiedJedis redis;
    private final ThreadLimits limits;
    private final InstantSource clock;

    private RedisThreads(UnifiedJedis redis, ThreadLimits limits, InstantSource clock) {
        this.redis = redis;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Connects.
     *
     * @throws ThreadStoreException if Redis does not answer, with a message for the operator
     */
    static RedisThreads open(RedisAddress address, ThreadLimits limits, InstantSource clock) {
        try {
            UnifiedJedis redis = RedisConnections.open(address);
            try {
                redis.exists("guardrails:hello");
            } catch (JedisException e) {
                redis.close();
                throw e;
            }
            return new RedisThreads(redis, limits, clock);
        } catch (JedisException e) {
            throw new ThreadStoreException(
                    "%s does not answer as it has to; check threads.redis.url, and the password if it asks for one"
                            .formatted(address),
                    e);
        }
    }

    @Override
    public Optional<StoredThread> read(ThreadKey key) {
        List<byte[]> messages = ask(client -> client.lrange(messagesKey(key).getBytes(UTF_8), 0, -1));
        return messages.isEmpty() ? Optional.empty() : Optional.of(EncodedTurn.decode(messages));
    }

    @Override
    public void append(ThreadKey key, List<Message> turn) {
        EncodedTurn encoded = EncodedTurn.of(turn);
        long now = clock.millis();
        long ttl = limits.ttl().toMillis();
        // First the index: a thread that is not there does no harm in it, one that is missing would.
        ask(client -> client.eval(
                NOTE,
                List.of(orderKey(key.scope()), timesKey(key.scope())),
                List.of(key.id(), String.valueOf(now), String.valueOf(now - ttl), String.valueOf(ttl))));
        List<byte[]> arguments = new ArrayList<>();
        for (Object argument : List.of(limits.maxMessages(), limits.maxBytes(), ttl, UUID.randomUUID(), now)) {
            arguments.add(argument.toString().getBytes(UTF_8));
        }
        arguments.addAll(encoded.messages());
        Object outcome = ask(client -> client.eval(
                APPEND, List.of(messagesKey(key).getBytes(UTF_8), infoKey(key).getBytes(UTF_8)), arguments));
        requireDone(outcome instanceof byte[] text ? new String(text, UTF_8) : String.valueOf(outcome));
    }

    private void requireDone(String outcome) {
        if (outcome.equals("messages")) {
            throw new ThreadFullException(outcome, limits.maxMessages());
        }
        if (outcome.equals("bytes")) {
            throw new ThreadFullException(outcome, limits.maxBytes());
        }
    }

    @Override
    public boolean delete(ThreadKey key) {
        long deleted = ask(client -> client.del(messagesKey(key), infoKey(key)));
        ask(client -> client.zrem(orderKey(key.scope()), key.id()));
        ask(client -> client.zrem(timesKey(key.scope()), key.id()));
        return deleted > 0;
    }

    @Override
    public ThreadPage list(String scope, String after, int limit) {
        List<ThreadSummary> found = new ArrayList<>();
        String from = after;
        while (found.size() <= limit) {
            String start = from.isEmpty() ? "-" : "(" + from;
            List<String> ids = ask(client -> client.zrange(
                    orderKey(scope), ZRangeParams.zrangeByLexParams(start, "+").limit(0, limit + 1)));
            if (ids.isEmpty()) {
                break;
            }
            ids.forEach(id -> summary(new ThreadKey(scope, id)).ifPresent(found::add));
            from = ids.get(ids.size() - 1);
        }
        return ThreadPage.of(found, limit);
    }

    private Optional<ThreadSummary> summary(ThreadKey key) {
        String at = ask(client -> client.hmget(infoKey(key), "at")).get(0);
        long messages = ask(client -> client.llen(messagesKey(key)));
        return at == null || messages == 0
                ? Optional.empty()
                : Optional.of(new ThreadSummary(
                        key.id(), Math.toIntExact(messages), Instant.ofEpochMilli(Long.parseLong(at))));
    }

    @Override
    public ThreadLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        redis.close();
    }

    private <T> T ask(Function<UnifiedJedis, T> question) {
        try {
            return question.apply(redis);
        } catch (JedisException e) {
            throw new ThreadStoreException("Redis, which keeps the threads, does not answer as it has to", e);
        }
    }

    // What stands in braces decides on the slot, so that both keys of a thread lie in the same.
    private static String messagesKey(ThreadKey key) {
        return "guardrails:{%s:%s}:messages".formatted(key.scope(), key.id());
    }

    private static String infoKey(ThreadKey key) {
        return "guardrails:{%s:%s}:info".formatted(key.scope(), key.id());
    }

    private static String orderKey(String scope) {
        return "guardrails:{%s}:ids".formatted(scope);
    }

    private static String timesKey(String scope) {
        return "guardrails:{%s}:times".formatted(scope);
    }
}
