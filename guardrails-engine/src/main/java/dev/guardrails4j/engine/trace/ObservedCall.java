package dev.guardrails4j.engine.trace;

import dev.guardrails4j.api.ChatRequest;

/**
 * A call of a model that begins.
 *
 * @param task as {@link ModelCall#task}
 * @param type the type that the configuration gives the model: {@code "main"}, {@code "content_safety"}
 * @param model as {@link ModelCall#model}
 * @param engine as {@link ModelCall#engine}
 * @param request what is sent
 * @param cached whether the model's answers are remembered
 * @param streamed whether the answer comes chunk by chunk
 */
public record ObservedCall(
        String task, String type, String model, String engine, ChatRequest request, boolean cached, boolean streamed) {}
