package dev.guardrails4j.engine;

import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.ObservedCall;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RequestObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an engine tells those who watch it, a line each, in its order. */
final class Watching implements EngineObserver {

    private final List<String> told = new CopyOnWriteArrayList<>();

    /** What was told so far. */
    List<String> told() {
        return List.copyOf(told);
    }

    private void tell(String what, Object... details) {
        told.add(what.formatted(details));
    }

    @Override
    public RequestObserver begins(ObservedRequest request) {
        tell("begins %s", request.operation());
        return new RequestObserver() {
            @Override
            public RailObserver rail(String type, String name, String flow) {
                tell("%s %s begins", type, name);
                return new WatchedRail(name);
            }

            @Override
            public void ended(GenerationResult result) {
                tell(
                        "ended%s",
                        result.block()
                                .map(block -> ", blocked by " + block.flow())
                                .orElse(""));
            }

            @Override
            public void failed(Throwable cause) {
                tell("failed with %s", cause.getClass().getSimpleName());
            }
        };
    }

    @Override
    public void breakerChanged(String rail, String state) {
        tell("breaker of %s is %s", rail, state);
    }

    @Override
    public void upstreamChanged(String upstream, String state) {
        tell("breaker of %s is %s", upstream, state);
    }

    @Override
    public void upstreamNotAsked(String upstream, NotAsked why) {
        tell("%s is not asked: %s", upstream, why);
    }

    /** Watches a rail. */
    private final class WatchedRail implements RailObserver {

        private final String name;

        WatchedRail(String name) {
            this.name = name;
        }

        @Override
        public CallObserver asks(ObservedCall call) {
            tell("%s asks %s", name, call.type());
            return new CallObserver() {
                @Override
                public Map<String, String> headers() {
                    return Map.of("X-Watched", name);
                }

                @Override
                public void chunk() {
                    tell("%s gets a chunk", name);
                }

                @Override
                public void ended(ModelCall made) {
                    tell("%s is answered", name);
                }

                @Override
                public void failed(Throwable cause) {
                    tell("%s is not answered", name);
                }
            };
        }

        @Override
        public CallObserver calls(String endpoint, boolean cached) {
            tell("%s calls %s", name, endpoint);
            return new CallObserver() {
                @Override
                public void ended(EndpointCall call) {
                    tell("%s was told by %s", name, endpoint);
                }
            };
        }

        @Override
        public ActionObserver action(String action, Map<String, Object> parameters) {
            tell("%s executes %s", name, action);
            return new ActionObserver() {
                @Override
                public void ended(ExecutedAction executed) {
                    tell("%s has executed %s", name, action);
                }
            };
        }

        @Override
        public void known() {
            tell("%s is known", name);
        }

        @Override
        public void fault(Fault fault) {
            tell("%s has a fault: %s", name, fault);
        }

        @Override
        public void ended(ActivatedRail rail) {
            tell("%s %s", name, rail.outcome());
        }

        @Override
        public void failed(Throwable cause) {
            tell("%s failed with %s", name, cause.getClass().getSimpleName());
        }

        @Override
        public void abandoned() {
            tell("%s is abandoned", name);
        }
    }
}
