package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.server.wire.Seconds;
import java.math.BigDecimal;

/** A call of a server that is not a chat model, which the reference does not tell. Times as in {@link LogOutput}. */
record LogEndpointCall(
        String name, boolean answered, BigDecimal startedAt, BigDecimal finishedAt, BigDecimal duration) {

    static LogEndpointCall of(EndpointCall call) {
        return new LogEndpointCall(
                call.endpoint(),
                call.answered(),
                Seconds.of(call.startedAt()),
                Seconds.of(call.startedAt().plus(call.duration())),
                Seconds.of(call.duration()));
    }
}
