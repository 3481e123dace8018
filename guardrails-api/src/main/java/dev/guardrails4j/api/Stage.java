package dev.guardrails4j.api;

/**
 * The point of a conversation at which a rail looks at a text.
 *
 * @since 0.1
 */
public enum Stage {
    /** What the user wrote, before the model sees it. */
    INPUT,
    /** What retrieval found for the answer, before the model sees it. */
    RETRIEVAL,
    /** What the model answered, before the user sees it. */
    OUTPUT,
    /** A call of a tool that the model asks for, before anybody makes it: the text is the call's arguments. */
    TOOL_OUTPUT,
    /** What a tool has returned, before the model sees it: the text is the result. */
    TOOL_INPUT
}
