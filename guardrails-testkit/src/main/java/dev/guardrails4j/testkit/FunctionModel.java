package dev.guardrails4j.testkit;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import java.util.function.Function;

/** A model that answers what a function says. */
record FunctionModel(String type, Function<ChatRequest, ChatResponse> answer) implements ChatModel {

    @Override
    public String engine() {
        return "scripted";
    }

    @Override
    public String name() {
        return type;
    }

    @Override
    public ChatResponse generate(ChatRequest request, Deadline deadline) {
        return answer.apply(request);
    }
}
