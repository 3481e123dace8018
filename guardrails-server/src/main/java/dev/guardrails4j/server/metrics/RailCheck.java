package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ObservedCall;
import dev.guardrails4j.engine.trace.RailObserver;
import java.util.Map;

/** Counts one check of a rail. */
final class RailCheck implements RailObserver {

    private final RailMetrics.Meters meters;
    private final CallMetrics calls;
    private final long startNanos = System.nanoTime();

    RailCheck(RailMetrics.Meters meters, CallMetrics calls) {
        this.meters = meters;
        this.calls = calls;
    }

    @Override
    public CallObserver asks(ObservedCall call) {
        return calls.asks(call);
    }

    @Override
    public CallObserver calls(String name, boolean cached) {
        return calls.calls(name, cached);
    }

    @Override
    public ActionObserver action(String name, Map<String, Object> parameters) {
        return calls;
    }

    @Override
    public void known() {
        meters.known().increment();
    }

    @Override
    public void unknown() {
        meters.unknown().increment();
    }

    @Override
    public void fault(Fault fault) {
        meters.faults().of(fault).increment();
    }

    @Override
    public void ended(ActivatedRail rail) {
        meters.ended(meters.outcomes().of(rail.outcome()), rail.duration().toNanos());
    }

    @Override
    public void failed(Throwable cause) {
        meters.ended(meters.outcomes().of(Outcome.FAILED), System.nanoTime() - startNanos);
    }

    @Override
    public void abandoned() {
        meters.ended(meters.cancelled(), System.nanoTime() - startNanos);
    }
}
