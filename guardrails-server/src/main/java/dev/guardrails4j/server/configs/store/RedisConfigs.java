package dev.guardrails4j.server.configs.store;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisConnections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Configurations in Redis 6 or newer, for several servers that share them.
 *
 * <p>Three hashes tell what is known of each, what it contains and what state it is in, all by {@code workspace/name}; how long
 * all are together, and what changes with every change, have keys of their own. All lie in one slot of a cluster.
 */
final class RedisConfigs implements ConfigStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConfigs.class);

    /** Writes; a script that is run a second time, because its answer was lost, says the same. */
    private static final String WRITE = """
            local stamp = redis.call('HGET', KEYS[3], ARGV[1])
            if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[3] and redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[4] then
              return 'done'
            end
            if ARGV[2] == '' and stamp then return 'exists' end
            if ARGV[2] ~= '' and stamp ~= ARGV[2] then return 'changed' end
            local bytes = tonumber(redis.call('GET', KEYS[4]) or '0') + #ARGV[3] + #ARGV[4]
              - redis.call('HSTRLEN', KEYS[1], ARGV[1]) - redis.call('HSTRLEN', KEYS[2], ARGV[1])
            if ARGV[2] == '' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then return 'configurations' end
            if bytes > tonumber(ARGV[7]) then return 'bytes' end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
            redis.call('HSET', KEYS[3], ARGV[1], ARGV[5])
            redis.call('SET', KEYS[4], bytes)
            redis.call('SET', KEYS[5], ARGV[8])
            return 'done'
            """;

    private static final String DELETE = """
            if redis.call('HGET', KEYS[3], ARGV[1]) ~= ARGV[2] then return 'changed' end
            redis.call('DECRBY', KEYS[4], redis.call('HSTRLEN', KEYS[1], ARGV[1]) + redis.call('HSTRLEN', KEYS[2], ARGV[1]))
            redis.call('HDEL', KEYS[1], ARGV[1])
            redis.call('HDEL', KEYS[2], ARGV[1])
            redis.call('HDEL', KEYS[3], ARGV[1])
            redis.call('SET', KEYS[5], ARGV[3])
            return 'done'
            """;

    private static final String FIND = """
            return {redis.call('HGET', KEYS[1], ARGV[1]), redis.call('HGET', KEYS[2], ARGV[1])}
            """;

    private static final List<String> KEYS = List.of(
            "guardrails:{configs}:entries",
            "guardrails:{configs}:data",
            "guardrails:{configs}:stamps",
            "guardrails:{configs}:bytes",
            "guardrails:{configs}:version");

    private final UnifiedJedis redis;
    private final ConfigLimits limits;
    private final SharedVersion version;

    private RedisConfigs(UnifiedJedis redis, ConfigLimits limits, String version) {
        this.redis = redis;
        this.limits = limits;
        this.version = new SharedVersion(version, () -> readVersion(redis));
    }

    /**
     * Connects.
     *
     * @throws ConfigStoreException if Redis does not answer, with a message for the operator
     */
    static RedisConfigs open(RedisAddress address, ConfigLimits limits) {
        try {
            UnifiedJedis redis = RedisConnections.open(address);
            try {
                return new RedisConfigs(redis, limits, readVersion(redis));
            } catch (JedisException e) {
                redis.close();
                throw e;
            }
        } catch (JedisException e) {
            throw new ConfigStoreException(
                    "%s does not answer as it has to; check config_store.redis.url, and the password if it asks for one"
                            .formatted(address),
                    e);
        }
    }

    @Override
    public Optional<StoredConfig> find(ConfigReference reference) {
        Object found = ask(client -> client.eval(FIND, KEYS, List.of(reference.toString())));
        return found instanceof List<?> pair
                        && pair.get(0) instanceof String entry
                        && pair.get(1) instanceof String data
                ? Optional.of(ConfigCodec.config(entry, data))
                : Optional.empty();
    }

    @Override
    public List<ConfigEntry> entries() {
        return ask(client -> client.hvals(KEYS.get(0))).stream()
                .map(ConfigCodec::entry)
                .toList();
    }

    @Override
    public void create(StoredConfig config) {
        write("", config);
    }

    @Override
    public void replace(ConfigEntry before, StoredConfig after) {
        write(before.stamp(), after);
    }

    private void write(String stampBefore, StoredConfig config) {
        change(
                WRITE,
                List.of(
                        config.entry().reference().toString(),
                        stampBefore,
                        ConfigCodec.text(config.entry()),
                        ConfigCodec.data(config),
                        config.entry().stamp(),
                        String.valueOf(limits.maxConfigs()),
                        String.valueOf(limits.maxBytes()),
                        UUID.randomUUID().toString()));
    }

    @Override
    public void delete(ConfigEntry before) {
        change(
                DELETE,
                List.of(
                        before.reference().toString(),
                        before.stamp(),
                        UUID.randomUUID().toString()));
    }

    private void change(String script, List<String> arguments) {
        Object outcome = ask(client -> client.eval(script, KEYS, arguments));
        version.supersede();
        switch (String.valueOf(outcome)) {
            case "exists" -> throw ConfigRefusedException.exists();
            case "changed" -> throw ConfigRefusedException.changed();
            case "configurations" -> throw ConfigRefusedException.full("configurations", limits.maxConfigs());
            case "bytes" -> throw ConfigRefusedException.full("bytes", limits.maxBytes());
            default -> LOG.debug("A configuration was stored or removed");
        }
    }

    @Override
    public String version() {
        return version.get();
    }

    private static String readVersion(UnifiedJedis redis) {
        return String.valueOf(redis.get(KEYS.get(4)));
    }

    private <T> T ask(Function<UnifiedJedis, T> question) {
        try {
            return question.apply(redis);
        } catch (JedisException e) {
            throw new ConfigStoreException("Redis, which keeps the configurations, does not answer as it has to", e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
