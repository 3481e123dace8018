package dev.guardrails4j.api;

import java.util.Map;

/**
 * A language model that is asked whether a text is safe. Safe for use by many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Judge {

    /**
     * Renders the prompt, asks the model and parses its answer.
     *
     * @param context the check on whose behalf the model is asked: its deadline holds, and the call appears in its trace
     * @param variables the values of the prompt's variables
     * @throws ModelException if the model could not be asked
     * @throws JudgementException if the answer cannot be understood; not to be caught by a rail, so that it fails closed
     */
    Judgement judge(CallContext context, Map<String, ?> variables);
}
