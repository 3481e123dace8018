package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ActionContext;
import dev.guardrails4j.api.JsonEndpoint;
import java.util.Map;

/**
 * An action that an actions server executes, contract "chat server" 1.10. What it answers is bounded and parsed strictly:
 * anything but a success with a result is a failure, so that the rail behind it fails closed.
 *
 * @param name the action's name
 * @param endpoint the server's {@code /v1/actions/run}
 */
record RemoteAction(String name, JsonEndpoint endpoint) implements Action {

    @Override
    public Object execute(ActionContext context) {
        Object answer = context.post(endpoint, Map.of("action_name", name, "action_parameters", context.parameters()));
        if (!(answer instanceof Map<?, ?> fields) || !"success".equals(fields.get("status"))) {
            throw new IllegalStateException("the actions server could not execute the action '" + name + "'");
        }
        Object result = fields.get("result");
        if (result == null) {
            throw new IllegalStateException("the actions server gave no result of the action '" + name + "'");
        }
        return result;
    }
}
