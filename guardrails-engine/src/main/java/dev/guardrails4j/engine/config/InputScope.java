package dev.guardrails4j.engine.config;

/** Which of the user's messages the input rails check: {@code rails.input.scope}. */
public enum InputScope {
    /** Those that nothing has answered yet, together. The default. */
    NEW,
    /** The last one, as the reference does. */
    LAST,
    /** Those that nothing has answered yet, and before them every earlier turn that the client sent. */
    ALL
}
