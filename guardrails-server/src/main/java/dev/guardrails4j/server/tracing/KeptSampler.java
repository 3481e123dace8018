package dev.guardrails4j.server.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Keeps what goes to a file, even if it is not sent anywhere.
 *
 * @param sending says what is sent
 */
record KeptSampler(Sampler sending) implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        SamplingResult sent = sending.shouldSample(parent, traceId, name, kind, attributes, links);
        return sent.getDecision() == SamplingDecision.DROP
                        && RequestTrace.of(parent).isPresent()
                ? SamplingResult.recordOnly()
                : sent;
    }

    @Override
    public String getDescription() {
        return "KeptSampler{" + sending.getDescription() + "}";
    }
}
