package dev.guardrails4j.engine.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.trace.EngineObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;

/** Makes the gates of rails by the operator's limits. Safe for use by many threads. */
@Singleton
public final class RailGates {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final RailLimits.Book limits;
    private final int threads;
    private final EngineObserver observer;
    /** By identity: the rail of a jar that was replaced is another, and what hangs in the old one does not bar it. */
    private final LoadingCache<CataloguedRail, Bulkhead> bulkheads =
            Caffeine.newBuilder().weakKeys().build(this::bulkhead);

    @Inject
    RailGates(RailLimits.Book limits, ThreadKind threads, EngineObserver observer) {
        this.limits = limits;
        this.threads = threads == ThreadKind.VIRTUAL ? Integer.MAX_VALUE : EngineThreads.PLATFORM_THREADS / 2;
        this.observer = observer;
    }

    RailGate gate(CataloguedRail rail, FlowConfig flow) {
        Bulkhead bulkhead = bulkheads.get(rail);
        String name = rail.name();
        RailGate gate = RailGate.of(
                flow.reference().text(), bulkhead.places(), of(rail), state -> observer.breakerChanged(name, state));
        bulkhead.gates().add(gate);
        return gate;
    }

    /** How long one check may take: what the flow says, within what the operator says. */
    Duration timeout(CataloguedRail rail, FlowConfig flow) {
        Duration wanted = flow.timeout().orElse(DEFAULT_TIMEOUT);
        return of(rail).timeout().filter(most -> most.compareTo(wanted) < 0).orElse(wanted);
    }

    /**
     * How much of a rail's limits is used now.
     *
     * @param rail the rail's name; of a jar that is being replaced there may be two
     * @param running how many checks of it run
     * @param most how many may
     * @param tripped how many of its circuit breakers are not closed
     */
    public record Load(String rail, int running, int most, int tripped) {}

    /** How much of the limits of each rail that a configuration mentions is used now. */
    public List<Load> loads() {
        return bulkheads.asMap().entrySet().stream()
                .map(entry -> entry.getValue().load(entry.getKey().name()))
                .toList();
    }

    /** On platform threads, which are few, no rail has more than half of them. */
    private Bulkhead bulkhead(CataloguedRail rail) {
        int most = Math.min(of(rail).maxConcurrentChecks(), threads);
        // Those of configurations that are gone go with them.
        return new Bulkhead(
                most, new Semaphore(most), Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())));
    }

    private RailLimits of(CataloguedRail rail) {
        return limits.of(rail.name(), rail.plugin().name());
    }

    /** What all mentions of a rail share, and the gate of each. */
    private record Bulkhead(int most, Semaphore places, Set<RailGate> gates) {

        Load load(String rail) {
            int tripped;
            synchronized (gates) {
                tripped = (int) gates.stream().filter(RailGate::isTripped).count();
            }
            return new Load(rail, most - places.availablePermits(), most, tripped);
        }
    }
}
