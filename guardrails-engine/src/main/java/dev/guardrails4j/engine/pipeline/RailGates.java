package dev.guardrails4j.engine.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Makes the gates of rails by the operator's limits. Safe for use by many threads. */
@Singleton
final class RailGates {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final RailLimits.Book limits;
    private final int threads;
    /** By identity: the rail of a jar that was replaced is another, and what hangs in the old one does not bar it. */
    private final LoadingCache<CataloguedRail, Semaphore> places =
            Caffeine.newBuilder().weakKeys().build(this::places);

    @Inject
    RailGates(RailLimits.Book limits, ThreadKind threads) {
        this.limits = limits;
        this.threads = threads == ThreadKind.VIRTUAL ? Integer.MAX_VALUE : EngineThreads.PLATFORM_THREADS / 2;
    }

    RailGate gate(CataloguedRail rail, FlowConfig flow) {
        return RailGate.of(flow.reference().text(), places.get(rail), of(rail));
    }

    /** How long one check may take: what the flow says, within what the operator says. */
    Duration timeout(CataloguedRail rail, FlowConfig flow) {
        Duration wanted = flow.timeout().orElse(DEFAULT_TIMEOUT);
        return of(rail).timeout().filter(most -> most.compareTo(wanted) < 0).orElse(wanted);
    }

    /** On platform threads, which are few, no rail has more than half of them. */
    private Semaphore places(CataloguedRail rail) {
        return new Semaphore(Math.min(of(rail).maxConcurrentChecks(), threads));
    }

    private RailLimits of(CataloguedRail rail) {
        return limits.of(rail.name(), rail.plugin().name());
    }
}
