package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RequestObserver;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of requests and sends them away. The SDK reads its usual variables, {@code OTEL_*}. Safe for use by many
 * threads.
 */
public final class Tracing implements EngineObserver, AutoCloseable {

    private static final String NAME = "guardrails4j";
    private static final String CAPTURE = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /** What holds unless a variable says otherwise. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name",
            NAME,
            "otel.exporter.otlp.protocol",
            "http/protobuf",
            "otel.metrics.exporter",
            "none",
            "otel.logs.exporter",
            "none");

    private final OpenTelemetrySdk sdk;
    private final TextMapPropagator propagator;
    private final Tracer tracer;
    private final boolean capturesAlways;

    /**
     * Begins to send.
     *
     * @param environment the value of an environment variable by its name
     * @throws RuntimeException if a variable does not say what the SDK understands
     */
    public Tracing(TracingSettings settings, Function<String, Optional<String>> environment) {
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addPropertiesCustomizer(properties -> settings.overrides())
                .addTracerProviderCustomizer((builder, properties) -> builder.setIdGenerator(new RequestContext()))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        this.propagator = sdk.getPropagators().getTextMapPropagator();
        this.tracer = sdk.getTracer(NAME);
        this.capturesAlways =
                environment.apply(CAPTURE).filter("true"::equalsIgnoreCase).isPresent();
    }

    /**
     * The current thread serves a request until it {@linkplain #leave leaves} it.
     *
     * @param traceId of the trace that it begins, if it is part of none
     * @param header the value of a header of the request by its name, null if it has none
     */
    public void enter(String traceId, Function<String, @Nullable String> header) {
        RequestContext.enter(propagator.extract(Context.root(), header, Headers.GETTER), traceId);
    }

    /** The current thread serves nothing any more. */
    public void leave() {
        RequestContext.leave();
    }

    @Override
    public RequestObserver begins(ObservedRequest request) {
        SpanStyle style = SpanStyle.of(request.config().tracing(), capturesAlways);
        return new RequestSpan(new Spans(tracer, propagator, style), RequestContext.parent(), request);
    }

    /** Sends what is left. */
    @Override
    public void close() {
        sdk.close();
    }

    /** Reads headers of a request. */
    private enum Headers implements TextMapGetter<Function<String, @Nullable String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Function<String, @Nullable String> header) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> header, String name) {
            return header == null ? null : header.apply(name);
        }
    }
}
