package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks the main model the same question again, with all it was told, to see whether it says the same.
 *
 * @param model who is asked
 * @param task what the calls are for, in the trace
 */
record FurtherAnswers(ChatModel model, String task) {

    private static final int WANTED = 2;
    private static final double TEMPERATURE = 1.0;

    /**
     * Two answers, or one if the model gives no more.
     *
     * @throws JudgementException if there are none, or no conversation to answer
     */
    List<String> ask(RailContext context) {
        if (context.prompt().isEmpty()) {
            throw new JudgementException("there is no conversation that the main model could answer again");
        }
        List<String> answers = new ArrayList<>(askForAll(context));
        // Many endpoints ignore n, so that the rest is asked for one by one.
        for (int calls = answers.size(); calls < WANTED; calls++) {
            answers.addAll(ask(context, Map.of("temperature", TEMPERATURE)));
        }
        answers.removeIf(String::isBlank);
        if (answers.isEmpty()) {
            throw new JudgementException("the main model gave no further answers");
        }
        return answers;
    }

    private List<String> askForAll(RailContext context) {
        try {
            return ask(context, Map.of("temperature", TEMPERATURE, "n", WANTED));
        } catch (ModelException e) {
            if (refusesParameter(e)) {
                return List.of();
            }
            throw e;
        }
    }

    private List<String> ask(RailContext context, Map<String, Object> parameters) {
        return context.generate(model, task, new ChatRequest(context.prompt(), parameters)).choices().stream()
                .map(choice -> choice.message().text())
                .toList();
    }

    /** Some endpoints know no {@code n} above 1. */
    private static boolean refusesParameter(ModelException e) {
        int status = e.status().orElse(0);
        return status == 400 || status == 422;
    }
}
