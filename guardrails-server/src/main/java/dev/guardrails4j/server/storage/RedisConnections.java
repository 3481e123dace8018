package dev.guardrails4j.server.storage;

import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;

/** Connects to Redis, whichever way its servers work together. */
public final class RedisConnections {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MOST_CONNECTIONS = 64;

    private RedisConnections() {}

    /** Opens a pool of connections, to be closed by the caller; whether Redis answers shows when it is asked. */
    public static UnifiedJedis open(RedisAddress address) {
        return switch (address.topology()) {
            case STANDALONE ->
                RedisClient.builder()
                        .hostAndPort(address.nodes().get(0))
                        .clientConfig(login(address))
                        .poolConfig(pool())
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .masterName(address.master())
                        .sentinels(Set.copyOf(address.nodes()))
                        .sentinelClientConfig(settings(address).build())
                        .clientConfig(login(address))
                        .poolConfig(pool())
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(Set.copyOf(address.nodes()))
                        .clientConfig(login(address))
                        .poolConfig(pool())
                        .build();
        };
    }

    private static JedisClientConfig login(RedisAddress address) {
        DefaultJedisClientConfig.Builder settings = settings(address).database(address.database());
        if (!address.user().isEmpty()) {
            settings.user(address.user());
        }
        if (!address.password().isEmpty()) {
            settings.password(address.password());
        }
        return settings.build();
    }

    private static DefaultJedisClientConfig.Builder settings(RedisAddress address) {
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .clientName("guardrails4j")
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS);
        return address.tls()
                ? settings.sslOptions(
                        SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build())
                : settings;
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
        return pool;
    }
}
