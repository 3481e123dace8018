package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.config.TracingConfig;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RequestObserver;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of requests, sends them away, and writes them to the files that configurations name. The SDK reads its usual
 * variables, {@code OTEL_*}, where spans are sent; where they are not, it is only there once a request is to be written to a
 * file. Safe for use by many threads.
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

    private final boolean isSending;
    private final boolean capturesAlways;
    private final TraceFiles files = new TraceFiles(TraceFiles.MOST_BYTES_OF_A_FILE);
    private volatile Optional<OpenTelemetrySdk> sdk = Optional.empty();

    /**
     * Begins to send, if it is to.
     *
     * @param environment the value of an environment variable by its name
     * @throws RuntimeException if a variable does not say what the SDK understands
     */
    public Tracing(TracingSettings settings, Function<String, Optional<String>> environment) {
        this.isSending = settings.isSending(environment);
        this.capturesAlways =
                environment.apply(CAPTURE).filter("true"::equalsIgnoreCase).isPresent();
        if (isSending) {
            sdk = Optional.of(sending(settings));
        }
    }

    private static OpenTelemetrySdk sending(TracingSettings settings) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addPropertiesCustomizer(properties -> settings.overrides())
                .addSamplerCustomizer((sampler, properties) -> new KeptSampler(sampler))
                .addTracerProviderCustomizer((builder, properties) ->
                        builder.setIdGenerator(new RequestContext()).addSpanProcessor(FileSpans.INSTANCE))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    /** Models are told of a trace that the caller keeps as if it were sent; whether they keep one of ours is theirs to say. */
    private static OpenTelemetrySdk writing() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setIdGenerator(new RequestContext())
                        .setSampler(new KeptSampler(Sampler.parentBased(Sampler.alwaysOff())))
                        .addSpanProcessor(FileSpans.INSTANCE)
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    private synchronized OpenTelemetrySdk sdk() {
        OpenTelemetrySdk made = sdk.orElseGet(Tracing::writing);
        sdk = Optional.of(made);
        return made;
    }

    /** Whether spans are made, of some requests at least. */
    public boolean isOn() {
        return sdk.isPresent();
    }

    /**
     * The current thread serves a request until it {@linkplain #leave leaves} it.
     *
     * @param traceId of the trace that it begins, if it is part of none; empty if nobody was told one
     * @param header the value of a header of the request by its name, null if it has none
     */
    public void enter(Optional<String> traceId, Function<String, @Nullable String> header) {
        RequestContext.enter(traceId, header);
    }

    /** The current thread serves nothing any more. */
    public void leave() {
        RequestContext.leave();
    }

    @Override
    public RequestObserver begins(ObservedRequest request) {
        TracingConfig config = request.config().tracing();
        if (!isSending && config.files().isEmpty()) {
            return RequestObserver.NOTHING;
        }
        OpenTelemetrySdk making = sdk.orElseGet(this::sdk);
        TextMapPropagator propagator = making.getPropagators().getTextMapPropagator();
        Tracer tracer = making.getTracer(NAME);
        Spans spans = new Spans(tracer, propagator, SpanStyle.of(config, capturesAlways));
        Context parent = RequestContext.parent(propagator);
        return new RequestSpan(
                spans,
                config.files().isEmpty()
                        ? parent
                        : parent.with(new RequestTrace(files, config.files(), config.isLegacy())),
                request);
    }

    /** How many requests' spans could not be written to a file. */
    public long dropped() {
        return files.dropped();
    }

    /** Sends and writes what is left. */
    @Override
    public void close() {
        sdk.ifPresent(OpenTelemetrySdk::close);
        files.close();
    }
}
