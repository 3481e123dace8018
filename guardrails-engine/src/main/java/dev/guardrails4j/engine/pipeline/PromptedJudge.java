package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.CallContext;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.TaskPrompt;
import dev.guardrails4j.engine.prompt.LayeredVariables;
import dev.guardrails4j.engine.prompt.OutputParser;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        Map<String, Object> values =
                new LayeredVariables(variables, new LayeredVariables(new History(context), context.variables()));
        ChatResponse response =
                context.generate(model, prompt.task(), new ChatRequest(prompt.render(values), parameters));
        if (response.text().isBlank()) {
            throw new JudgementException("The judging model gave no answer to the task '%s' (finish reason '%s')"
                    .formatted(prompt.task(), response.finishReason()));
        }
        return parser.parse(response.text());
    }

    /** The conversation as a variable, which a check has only looked at if its prompt has. */
    private static final class History extends AbstractMap<String, Object> {

        private static final String NAME = "history";

        private final CallContext context;

        History(CallContext context) {
            this.context = context;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            return NAME.equals(name) ? context.messages() : null;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return NAME.equals(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Map.<String, Object>of(NAME, context.messages()).entrySet();
        }
    }
}
