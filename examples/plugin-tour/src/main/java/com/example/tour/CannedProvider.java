package com.example.tour;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelSetup;
import java.util.Set;

/** Brings {@code engine: canned}, a model that always says {@code parameters.answer}: for while the real one is away. */
public final class CannedProvider implements ChatModelProvider {

    private static final String ENGINE = "canned";

    @Override
    public Set<String> engines() {
        return Set.of(ENGINE);
    }

    @Override
    public ChatModel connect(ModelSetup setup) {
        // A configuration without it is refused here.
        String answer = setup.parameters().string("answer");
        return new CannedModel(setup.model().orElse(ENGINE), answer);
    }

    private record CannedModel(String name, String answer) implements ChatModel {

        @Override
        public String engine() {
            return ENGINE;
        }

        @Override
        public ChatResponse generate(ChatRequest request, Deadline deadline) {
            return ChatResponse.of(name, answer);
        }
    }
}
