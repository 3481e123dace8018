package dev.guardrails4j.api;

import java.util.List;
import java.util.Map;

/**
 * What rails and actions are given when they run. What is called through it is bounded by the deadline and appears in the
 * trace. Valid only during the call; safe for use by several threads of that call.
 *
 * @since 0.1
 */
public interface CallContext {

    /** When the result stops being of use. */
    Deadline deadline();

    /** The conversation so far, without the text under check if that is the model's answer; unmodifiable. */
    List<Message> messages();

    /** The context variables of the conversation, names without {@code $}; unmodifiable. */
    Map<String, Object> variables();

    /**
     * Whether a context variable is true, which clients write as {@code true}, {@code "true"} or {@code "True"}.
     *
     * @since 0.1
     */
    default boolean flag(String variable) {
        return String.valueOf(variables().get(variable)).equalsIgnoreCase("true");
    }

    /**
     * Asks a model.
     *
     * @param task what the call is for, as it is to be named in the trace: {@code "self_check_input"}
     * @throws ModelException if the model cannot be reached or refuses
     */
    ChatResponse generate(ChatModel model, String task, ChatRequest request);

    /**
     * Asks an HTTP server.
     *
     * @param body a JSON-like value
     * @return what was answered, as {@link JsonEndpoint#post} gives it
     * @throws ModelException if the server cannot be reached, refuses, or does not answer in JSON
     */
    default Object post(JsonEndpoint endpoint, Object body) {
        return endpoint.post(body, deadline());
    }

    /**
     * Executes an action by its name.
     *
     * @param parameters the action's parameters by name
     * @return what the action returned: a string, number, boolean, list or map
     * @throws IllegalArgumentException if there is no such action
     * @throws Exception what the action threw
     */
    Object execute(String action, Map<String, ?> parameters) throws Exception;
}
