package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ObservedCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;

/** Counts calls of models and of other servers, whoever makes them. Safe for use by many threads. */
final class CallMetrics implements ActionObserver {

    /** Requests may name any model. */
    private static final int MOST_MODELS = 200;

    private static final int MOST_ENDPOINTS = 200;
    private static final String OTHER = BoundedSeries.OTHER;

    private final MeterRegistry registry;
    private final BoundedSeries<ModelKey, ModelMeters> models;
    private final BoundedSeries<EndpointKey, Timer> endpoints;
    private final BoundedSeries<String, CacheMeters> caches;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.models = new BoundedSeries<>(
                MOST_MODELS, new ModelKey(OTHER, OTHER, OTHER), key -> new ModelMeters(registry, key.tags()));
        this.endpoints = new BoundedSeries<>(MOST_ENDPOINTS, new EndpointKey(OTHER, true), this::endpoint);
        this.caches = new BoundedSeries<>(MOST_ENDPOINTS, OTHER, this::cache);
    }

    /** A model that there is, whether or not it is ever asked or answers. */
    void expect(ModelConfig model) {
        models.of(new ModelKey(model.type(), model.engine(), model.model().orElse("unknown")));
    }

    @Override
    public CallObserver asks(ObservedCall call) {
        ModelKey key = new ModelKey(call.type(), call.engine(), call.model());
        return new ModelCallMetrics(
                call,
                () -> models.of(key),
                () -> models.ofKnown(key),
                fromCache -> caches.of(call.type()).looked(fromCache));
    }

    @Override
    public CallObserver calls(String name, boolean cached) {
        return new CallObserver() {
            @Override
            public void ended(EndpointCall call) {
                if (cached) {
                    caches.of(name).looked(call.fromCache());
                }
                if (!call.fromCache()) {
                    endpoints.of(new EndpointKey(name, call.answered())).record(call.duration());
                }
            }
        };
    }

    @Override
    public ActionObserver action(String name, Map<String, Object> parameters) {
        return this;
    }

    private Timer endpoint(EndpointKey key) {
        return Buckets.model(
                registry,
                "guardrails.endpoint.call.duration",
                "How long calls of servers took that are no chat models",
                Tags.of("endpoint", key.name(), "answered", Boolean.toString(key.answered())));
    }

    private CacheMeters cache(String name) {
        return new CacheMeters(lookups(name, "hit"), lookups(name, "miss"));
    }

    private Counter lookups(String cache, String result) {
        return Counter.builder("guardrails.cache.lookups")
                .description("Answers looked for in the caches of models and other servers")
                .tag("cache", cache)
                .tag("result", result)
                .register(registry);
    }

    private record ModelKey(String type, String engine, String model) {

        Tags tags() {
            return Tags.of(
                    "gen_ai.operation.name",
                    "chat",
                    "gen_ai.provider.name",
                    engine,
                    "gen_ai.request.model",
                    model,
                    "model.type",
                    type);
        }
    }

    private record EndpointKey(String name, boolean answered) {}

    private record CacheMeters(Counter hits, Counter misses) {

        void looked(boolean found) {
            (found ? hits : misses).increment();
        }
    }
}
