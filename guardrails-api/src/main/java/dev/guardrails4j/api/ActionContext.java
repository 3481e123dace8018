package dev.guardrails4j.api;

import java.util.Map;

/**
 * One execution of an action.
 *
 * @since 0.1
 */
public interface ActionContext extends CallContext {

    /** The parameters of this execution by name; unmodifiable. */
    Map<String, Object> parameters();
}
