package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.model.CachedEndpoint;
import dev.guardrails4j.engine.model.CachedModel;
import dev.guardrails4j.engine.model.CallHeaders;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.ObservedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A call of a model or another server that is written down, whether it succeeds or not. */
final class RecordedCall {

    private RecordedCall() {}

    /** @param type of the model, as the configuration says */
    static ChatResponse of(
            ChatModel model, String type, String task, ChatRequest request, Deadline deadline, CallBook book) {
        CallObserver observer = book.observer().asks(observed(model, type, task, request, false));
        Instant startedAt = Instant.now();
        long startNanos = System.nanoTime();
        try {
            CachedModel.Answer answer =
                    CallHeaders.with(observer.headers(), () -> CachedModel.ask(model, request, deadline));
            ChatResponse response = answer.response();
            ModelCall call = call(
                    model,
                    task,
                    request,
                    response.text(),
                    response.raw(),
                    response.usage(),
                    answer.fromCache(),
                    startedAt,
                    startNanos);
            book.models().accept(call);
            observer.ended(call);
            return response;
        } catch (ModelException e) {
            book.models()
                    .accept(call(model, task, request, "", Map.of(), TokenUsage.NONE, false, startedAt, startNanos));
            observer.failed(e);
            throw e;
        } catch (RuntimeException | Error e) {
            observer.failed(e);
            throw e;
        }
    }

    static Object of(JsonEndpoint endpoint, Object body, Deadline deadline, CallBook book) {
        CallObserver observer = book.observer().calls(endpoint.name(), endpoint instanceof CachedEndpoint);
        Instant startedAt = Instant.now();
        long startNanos = System.nanoTime();
        boolean answered = false;
        boolean fromCache = false;
        try {
            CachedEndpoint.Answer answer =
                    CallHeaders.with(observer.headers(), () -> CachedEndpoint.ask(endpoint, body, deadline));
            answered = true;
            fromCache = answer.fromCache();
            return answer.value();
        } finally {
            EndpointCall call = new EndpointCall(
                    endpoint.name(), answered, fromCache, startedAt, Duration.ofNanos(System.nanoTime() - startNanos));
            book.endpoints().accept(call);
            observer.ended(call);
        }
    }

    /** A call that begins. */
    static ObservedCall observed(ChatModel model, String type, String task, ChatRequest request, boolean streamed) {
        return new ObservedCall(
                task, type, name(model, request), model.engine(), request, model instanceof CachedModel, streamed);
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
        return new ModelCall(
                task,
                UUID.randomUUID().toString(),
                name(model, request),
                model.engine(),
                request.messages(),
                completion,
                raw,
                usage,
                fromCache,
                startedAt,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private static String name(ChatModel model, ChatRequest request) {
        String name = request.model().orElse(model.name());
        return name.isEmpty() ? "unknown" : name;
    }
}
