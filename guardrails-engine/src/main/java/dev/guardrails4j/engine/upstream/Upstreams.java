package dev.guardrails4j.engine.upstream;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.guardrails4j.engine.SteadyClock;
import dev.guardrails4j.engine.trace.EngineObserver;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The upstreams that were called lately, of an engine with all its configurations: what is known of one stays when
 * configurations are read anew. Callers' configurations may name many: only so many are remembered, those the longest that
 * are called the most, and one that nobody calls is forgotten. Safe for use by many threads.
 */
public final class Upstreams {

    private static final int MOST = 1_000;
    private static final Duration IDLE = Duration.ofHours(2);

    private final LoadingCache<UpstreamAddress, Upstream> upstreams;

    /** @param observer told of what is not asked, and of each change of a circuit breaker */
    public Upstreams(UpstreamLimits limits, EngineObserver observer) {
        this(limits, observer, SteadyClock.SYSTEM);
    }

    /** @param clock what circuit breakers go by; it is not to be set while it runs */
    public Upstreams(UpstreamLimits limits, EngineObserver observer, Clock clock) {
        this.upstreams = Caffeine.newBuilder()
                .maximumSize(MOST)
                // Longer than a call may take: who has a place is remembered.
                .expireAfterAccess(IDLE)
                .build(address -> new Upstream(address, limits, observer, clock));
    }

    /** The server that a call goes to. */
    public Upstream of(URI uri) {
        return upstreams.get(UpstreamAddress.of(uri));
    }

    /**
     * How much of an upstream's limits is used now.
     *
     * @param upstream {@code "https://api.openai.com"}
     * @param running how many calls of it run
     * @param most how many may
     * @param isTripped whether its circuit breaker is open or half open
     */
    public record Load(String upstream, int running, int most, boolean isTripped) {}

    /** How much of the limits of each is used now. */
    public List<Load> loads() {
        upstreams.cleanUp();
        return upstreams.asMap().values().stream().map(Upstream::load).toList();
    }
}
