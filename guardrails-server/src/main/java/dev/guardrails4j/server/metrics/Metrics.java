package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.pipeline.RailGates;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.Upstreams;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that is counted and timed while a server runs. Nothing in it grows with what callers send: names beyond a
 * limit are counted as {@code "other"}. Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EngineMetrics engine = new EngineMetrics(registry);
    private final HttpMetrics http = new HttpMetrics(registry);
    private volatile Optional<EngineGauges> gauges = Optional.empty();
    private Optional<RuntimeMetrics> runtime = Optional.empty();

    /** @param version of the server */
    public Metrics(String version) {
        Gauge.builder("guardrails.build.info", () -> 1)
                .description("Which version this is, and on which Java")
                .tags("version", version, "java_version", System.getProperty("java.version"))
                .register(registry);
    }

    /** What is to watch the engine. */
    public EngineObserver engine() {
        return engine;
    }

    /** What is to be told of HTTP requests. */
    public HttpMetrics http() {
        return http;
    }

    /** Reads off an engine what is asked for. To be called once. */
    public void watch(Configurations configurations, RailGates gates, Upstreams upstreams) {
        gauges =
                Optional.of(new EngineGauges(registry, configurations, gates, new UpstreamGauges(registry, upstreams)));
    }

    /** Reads off what is let in. To be called once. */
    public void watch(Supplier<AdmissionLoad> admission) {
        gauge(
                "guardrails.nonstream.active",
                "Requests that were let in, are not streamed, and run now",
                () -> admission.get().running());
        gauge(
                "guardrails.nonstream.queued",
                "Requests that wait for others to end",
                () -> admission.get().queued());
        count(
                "guardrails.nonstream.rejections",
                "Requests that were refused because as many ran and waited as may",
                () -> admission.get().refusedRequests());
        gauge(
                "guardrails.stream.active",
                "Answers that are being streamed",
                () -> admission.get().streams());
        count(
                "guardrails.stream.rejections",
                "Streams that were refused because as many were open as may",
                () -> admission.get().refusedStreams());
    }

    /** Reads off how many requests' spans could not be written to files. To be called once. */
    public void watchDroppedTraces(Supplier<Number> dropped) {
        count(
                "guardrails.traces.dropped",
                "Requests whose spans could not be written to a file that a configuration names",
                dropped);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private void count(String name, String description, Supplier<Number> value) {
        // Of this object, which lives: a counter forgets whom it reads off if nobody else knows it.
        FunctionCounter.builder(name, this, metrics -> value.get().doubleValue())
                .description(description)
                .register(registry);
    }

    /** Models of an operator's configuration have series of their own, whatever callers make up. */
    public void expect(RailsConfig config) {
        engine.rails().expect(config.models());
    }

    /**
     * A store whose failures are counted.
     *
     * @param type the interface that it is used by
     * @param name what it is called: {@code "threads"}
     */
    public <T> T counted(Class<T> type, T store, String name) {
        Counter errors = Counter.builder("guardrails.store.errors")
                .description("How often a store could not be reached or did not work")
                .tag("store", name)
                .register(registry);
        return CountedFailures.of(type, store, errors::increment);
    }

    /** All of it as text, in the format that a scraper wants by its header {@code Accept}. */
    public Exposition read(String accept) {
        runtime();
        gauges.ifPresent(EngineGauges::read);
        Exposition.Format format = Exposition.Format.wanted(accept);
        return new Exposition(format, registry.scrape(format.contentType()));
    }

    /** Watched from the first time that anybody wants to know: it would only make the start slower. */
    private synchronized void runtime() {
        if (runtime.isEmpty()) {
            runtime = Optional.of(new RuntimeMetrics(registry));
        }
    }

    @Override
    public synchronized void close() {
        runtime.ifPresent(RuntimeMetrics::close);
        registry.close();
    }
}
