package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.CallContext;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.TaskPrompt;
import dev.guardrails4j.engine.prompt.OutputParser;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A judge that is a prompt to a model.
 *
 * @param prompt what it is asked
 * @param parser how its answer is read
 * @param model who is asked
 * @param parameters with which parameters
 */
record PromptedJudge(TaskPrompt prompt, OutputParser parser, ChatModel model, Map<String, Object> parameters)
        implements Judge {

    @Override
    public Judgement judge(CallContext context, Map<String, ?> variables) {
        Map<String, Object> values = new LinkedHashMap<>(context.variables());
        values.put("history", context.messages());
        values.putAll(variables);
        ChatResponse response =
                context.generate(model, prompt.task(), new ChatRequest(prompt.render(values), parameters));
        if (response.text().isBlank()) {
            throw new JudgementException("The judging model gave no answer to the task '%s' (finish reason '%s')"
                    .formatted(prompt.task(), response.finishReason()));
        }
        return parser.parse(response.text());
    }
}
