package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.server.http.MetricsListener;
import dev.guardrails4j.server.http.ServerVersion;
import dev.guardrails4j.server.metrics.Metrics;
import dev.guardrails4j.server.metrics.MetricsSettings;
import dev.guardrails4j.server.tracing.Tracing;
import dev.guardrails4j.server.tracing.TracingSettings;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What watches a server while it runs. Used by one thread. */
final class Watchers implements AutoCloseable {

    private final Optional<Metrics> metrics;
    private final Optional<Tracing> tracing;
    private Optional<MetricsListener> listener = Optional.empty();
    private Optional<String> address = Optional.empty();

    private Watchers(Optional<Metrics> metrics, Optional<Tracing> tracing) {
        this.metrics = metrics;
        this.tracing = tracing;
        metrics.ifPresent(it -> tracing.ifPresent(spans -> it.watchDroppedTraces(spans::dropped)));
    }

    /**
     * Those that were chosen.
     *
     * @throws CommandFailure if what is said of them cannot be used
     */
    static Watchers of(ServerOptions.Chosen chosen, Surroundings surroundings) {
        boolean counts = chosen.metrics().settings(chosen.host()).enabled();
        return new Watchers(
                counts ? Optional.of(new Metrics(ServerVersion.whole())) : Optional.empty(),
                tracing(chosen.file().tracing(), surroundings));
    }

    private static Optional<Tracing> tracing(TracingSettings settings, Surroundings surroundings) {
        if (settings.isOff()) {
            return Optional.empty();
        }
        if (settings.isSending(surroundings.environment())) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        try {
            return Optional.of(new Tracing(settings, surroundings.environment()));
        } catch (ConfigurationException e) {
            throw new CommandFailure("spans cannot be sent: " + e.getMessage());
        }
    }

    Optional<Tracing> tracing() {
        return tracing;
    }

    Optional<Metrics> metrics() {
        return metrics;
    }

    /** What is to watch the engine. */
    EngineObserver engine() {
        return EngineObserver.both(
                metrics.map(Metrics::engine).orElse(EngineObserver.NOTHING),
                tracing.<EngineObserver>map(it -> it).orElse(EngineObserver.NOTHING));
    }

    /** Reads off an engine that has been started. */
    void watch(Engine engine) {
        metrics.ifPresent(it -> it.watch(engine.configurations(), engine.gates(), engine.upstreams()));
    }

    /** Tells of the configurations that there are. */
    void expect(List<ConfigReport> reports) {
        reports.forEach(report -> report.config().ifPresent(config -> metrics.ifPresent(it -> it.expect(config))));
    }

    /** A store whose failures are counted, if anything is. */
    <T> T counted(Class<T> type, T store, String name) {
        return metrics.map(it -> it.counted(type, store, name)).orElse(store);
    }

    /**
     * Serves metrics at an address of their own, if they have one.
     *
     * @throws CommandFailure if it cannot be listened on
     */
    void listen(MetricsSettings settings) {
        if (metrics.isEmpty() || settings.own().isEmpty()) {
            return;
        }
        MetricsSettings.Address wanted = settings.own().get();
        MetricsListener own = new MetricsListener(wanted, metrics.get());
        listener = Optional.of(own);
        int port = new Listening(wanted.host(), wanted.port(), "metrics.host", "metrics.port").start(own::start);
        String host = wanted.host();
        address = Optional.of("http://%s:%d/metrics".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** Where metrics are served, if they have an address of their own. */
    Optional<String> address() {
        return address;
    }

    @Override
    public void close() {
        listener.ifPresent(MetricsListener::close);
        metrics.ifPresent(Metrics::close);
        tracing.ifPresent(Tracing::close);
    }
}
