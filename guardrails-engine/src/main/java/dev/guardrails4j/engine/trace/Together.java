package dev.guardrails4j.engine.trace;

import dev.guardrails4j.engine.GenerationResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two who watch an engine, each told of everything.
 *
 * @param one told first
 * @param other told then
 */
record Together(EngineObserver one, EngineObserver other) implements EngineObserver {

    @Override
    public RequestObserver begins(ObservedRequest request) {
        RequestObserver first = one.begins(request);
        RequestObserver second = other.begins(request);
        if (first == RequestObserver.NOTHING) {
            return second;
        }
        return second == RequestObserver.NOTHING ? first : new Request(first, second);
    }

    @Override
    public void breakerChanged(String rail, String state) {
        one.breakerChanged(rail, state);
        other.breakerChanged(rail, state);
    }

    @Override
    public void upstreamChanged(String upstream, String state) {
        one.upstreamChanged(upstream, state);
        other.upstreamChanged(upstream, state);
    }

    @Override
    public void upstreamNotAsked(String upstream, NotAsked why) {
        one.upstreamNotAsked(upstream, why);
        other.upstreamNotAsked(upstream, why);
    }

    @Override
    public void reloaded(Reloaded what) {
        one.reloaded(what);
        other.reloaded(what);
    }

    private record Request(RequestObserver one, RequestObserver other) implements RequestObserver {

        @Override
        public RailObserver rail(String type, String name, String flow) {
            return new Rail(one.rail(type, name, flow), other.rail(type, name, flow));
        }

        @Override
        public void ended(GenerationResult result) {
            one.ended(result);
            other.ended(result);
        }

        @Override
        public void failed(Throwable cause) {
            one.failed(cause);
            other.failed(cause);
        }
    }

    /** What whoever may make calls has in common. */
    private interface Calls extends CallsObserver {

        CallsObserver one();

        CallsObserver other();

        @Override
        default CallObserver asks(ObservedCall call) {
            return new Call(one().asks(call), other().asks(call));
        }

        @Override
        default CallObserver calls(String name, boolean cached) {
            return new Call(one().calls(name, cached), other().calls(name, cached));
        }

        @Override
        default ActionObserver action(String name, Map<String, Object> parameters) {
            return new Action(one().action(name, parameters), other().action(name, parameters));
        }
    }

    private record Rail(RailObserver one, RailObserver other) implements Calls, RailObserver {

        private void both(Consumer<RailObserver> tell) {
            tell.accept(one);
            tell.accept(other);
        }

        @Override
        public void known() {
            both(RailObserver::known);
        }

        @Override
        public void unknown() {
            both(RailObserver::unknown);
        }

        @Override
        public void fault(Fault fault) {
            both(observer -> observer.fault(fault));
        }

        @Override
        public void ended(ActivatedRail rail) {
            both(observer -> observer.ended(rail));
        }

        @Override
        public void failed(Throwable cause) {
            both(observer -> observer.failed(cause));
        }

        @Override
        public void abandoned() {
            both(RailObserver::abandoned);
        }
    }

    private record Action(ActionObserver one, ActionObserver other) implements Calls, ActionObserver {

        @Override
        public void ended(ExecutedAction action) {
            one.ended(action);
            other.ended(action);
        }
    }

    private record Call(CallObserver one, CallObserver other) implements CallObserver {

        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>(one.headers());
            headers.putAll(other.headers());
            return headers;
        }

        @Override
        public void chunk() {
            one.chunk();
            other.chunk();
        }

        @Override
        public void ended(ModelCall call) {
            one.ended(call);
            other.ended(call);
        }

        @Override
        public void ended(EndpointCall call) {
            one.ended(call);
            other.ended(call);
        }

        @Override
        public void failed(Throwable cause) {
            one.failed(cause);
            other.failed(cause);
        }
    }
}
