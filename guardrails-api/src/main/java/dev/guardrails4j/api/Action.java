package dev.guardrails4j.api;

/**
 * A named operation that rails and clients can execute. Found by {@link java.util.ServiceLoader} as rails are, in {@code
 * META-INF/services/dev.guardrails4j.api.Action}. Must be safe for use by many threads.
 *
 * @since 0.1
 */
public interface Action {

    /** The name by which it is executed, in snake case: {@code "lookup_customer"}. */
    String name();

    /** What the action is for, in one sentence; empty if it has nothing to say. */
    default String description() {
        return "";
    }

    /**
     * Does what the action is for. May block; is interrupted when the deadline passes.
     *
     * @return a string, number, boolean, list or map
     */
    Object execute(ActionContext context) throws Exception;
}
