package dev.guardrails4j.server.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is, as its URL says.
 *
 * @param topology how its servers work together
 * @param tls whether to speak TLS
 * @param nodes the servers to ask first, at least one
 * @param master the name of the master that sentinels watch; empty without sentinels
 * @param database its number, 0 in a cluster
 * @param user whom to log in as; empty for the default user
 * @param password its password; empty for none
 */
public record RedisAddress(
        Topology topology,
        boolean tls,
        List<HostAndPort> nodes,
        String master,
        int database,
        String user,
        String password) {

    /** How the servers of a Redis work together. */
    public enum Topology {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    private static final Map<String, Topology> TOPOLOGIES =
            Map.of("", Topology.STANDALONE, "-sentinel", Topology.SENTINEL, "-cluster", Topology.CLUSTER);
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    private static final String FORMS =
            "write redis://HOST:PORT[/DATABASE], redis-sentinel://HOST:PORT,HOST:PORT/MASTER"
                    + " or redis-cluster://HOST:PORT,HOST:PORT; rediss for TLS";

    public RedisAddress {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is none of Redis; the message does not hold it, for it may hold a password
     */
    public static RedisAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL; " + FORMS);
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        boolean tls = scheme.startsWith("rediss");
        Topology topology = TOPOLOGIES.get(scheme.replaceFirst("^rediss?", ""));
        if (!scheme.startsWith("redis") || topology == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("is not a URL of Redis; " + FORMS);
        }
        String authority = uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String[] login = at < 0 ? new String[] {"", ""} : (authority.substring(0, at) + ":").split(":", -1);
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", "");
        if (topology == Topology.SENTINEL && path.isEmpty()) {
            throw new IllegalArgumentException("names no master; " + FORMS);
        }
        return new RedisAddress(
                topology,
                tls,
                nodes(authority.substring(at + 1), topology == Topology.SENTINEL ? SENTINEL_PORT : REDIS_PORT),
                topology == Topology.SENTINEL ? path : "",
                topology == Topology.STANDALONE ? database(path) : 0,
                decoded(login[0]),
                decoded(login[1]));
    }

    private static List<HostAndPort> nodes(String hosts, int defaultPort) {
        return Stream.of(hosts.split(",", -1))
                .map(host -> node(host, defaultPort))
                .toList();
    }

    private static HostAndPort node(String text, int defaultPort) {
        String withPort = text.matches(".*:\\d{1,5}") ? text : text + ":" + defaultPort;
        int colon = withPort.lastIndexOf(':');
        String host = withPort.substring(0, colon).replaceAll("^\\[|]$", "");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("names no host; " + FORMS);
        }
        return new HostAndPort(host, Integer.parseInt(withPort.substring(colon + 1)));
    }

    private static int database(String path) {
        if (!path.matches("\\d{0,5}")) {
            throw new IllegalArgumentException("ends in what is not the number of a database; " + FORMS);
        }
        return path.isEmpty() ? 0 : Integer.parseInt(path);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same with a password that comes from elsewhere. */
    public RedisAddress withPassword(String secret) {
        return new RedisAddress(topology, tls, nodes, master, database, user, secret);
    }

    /** {@code "redis at one:6379, two:6379"}: what may be shown. */
    @Override
    public String toString() {
        return nodes.stream().map(HostAndPort::toString).collect(Collectors.joining(", ", "redis at ", ""));
    }
}
