package dev.guardrails4j.api;

/** The point of a conversation at which a rail looks at a text. */
public enum Stage {
    /** What the user wrote, before the model sees it. */
    INPUT,
    /** What retrieval found for the answer, before the model sees it. */
    RETRIEVAL,
    /** What the model answered, before the user sees it. */
    OUTPUT
}
