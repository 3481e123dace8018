package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.model.CachedModel;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ModelCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A call of a model or another server that is written down, whether it succeeds or not. */
final class RecordedCall {

    private RecordedCall() {}

    static ChatResponse of(
            ChatModel model, String task, ChatRequest request, Deadline deadline, Consumer<ModelCall> recorder) {
        Instant startedAt = Instant.now();
        long startNanos = System.nanoTime();
        try {
            CachedModel.Answer answer = CachedModel.ask(model, request, deadline);
            ChatResponse response = answer.response();
            recorder.accept(call(
                    model,
                    task,
                    request,
                    response.text(),
                    response.raw(),
                    response.usage(),
                    answer.fromCache(),
                    startedAt,
                    startNanos));
            return response;
        } catch (ModelException e) {
            recorder.accept(call(model, task, request, "", Map.of(), TokenUsage.NONE, false, startedAt, startNanos));
            throw e;
        }
    }

    static Object of(JsonEndpoint endpoint, Object body, Deadline deadline, Consumer<EndpointCall> recorder) {
        Instant startedAt = Instant.now();
        long startNanos = System.nanoTime();
        boolean answered = false;
        try {
            Object answer = endpoint.post(body, deadline);
            answered = true;
            return answer;
        } finally {
            recorder.accept(new EndpointCall(
                    endpoint.name(), answered, startedAt, Duration.ofNanos(System.nanoTime() - startNanos)));
        }
    }

    static ModelCall call(
            ChatModel model,
            String task,
            ChatRequest request,
            String completion,
            Map<String, Object> raw,
            TokenUsage usage,
            boolean fromCache,
            Instant startedAt,
            long startNanos) {
        String name = request.model().orElse(model.name());
        return new ModelCall(
                task,
                UUID.randomUUID().toString(),
                name.isEmpty() ? "unknown" : name,
                model.engine(),
                request.messages(),
                completion,
                raw,
                usage,
                fromCache,
                startedAt,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
