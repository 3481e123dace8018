package com.example.tour;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ActionContext;

/** An action: rails execute it by its name, and so does {@code POST /v1/actions/run}. */
public final class CountWordsAction implements Action {

    @Override
    public String name() {
        return "count_words";
    }

    @Override
    public String description() {
        return "Counts the words of the parameter 'text'.";
    }

    @Override
    public Object execute(ActionContext context) {
        if (!(context.parameters().get("text") instanceof String text)) {
            throw new IllegalArgumentException("the parameter 'text' is missing, or no text");
        }
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
