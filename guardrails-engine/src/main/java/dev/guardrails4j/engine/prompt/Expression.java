package dev.guardrails4j.engine.prompt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable; safe for use by many threads. */
@FunctionalInterface
interface Expression {

    /**
     * Gives the value that the expression has with these variables.
     *
     * @param variables the values of the variables by name; what is not there is undefined
     * @return null if undefined
     * @throws TemplateException if a filter cannot do with what it is given
     */
    @Nullable
    Object evaluate(Map<String, ?> variables);
}
