package dev.guardrails4j.engine.prompt;

import java.util.Map;

/**
 * A compiled template in Jinja's language. Values are only ever written, never read as template code. Undefined variables
 * and null are written as nothing, where Jinja2 writes {@code None} for the latter; an attribute of what is undefined is
 * undefined. Immutable; safe for use by many threads.
 */
@FunctionalInterface
interface PromptTemplate {

    /**
     * Writes the template with these values.
     *
     * @param variables JSON-like values and messages by name
     * @throws TemplateException if the template cannot be rendered with these values
     */
    String render(Map<String, ?> variables);
}
