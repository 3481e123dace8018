package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands below {@code guardrails} in a request (contract "chat server" 1.2).
 *
 * @param configIds which configurations, in order; empty if the request names none
 * @param threadId the conversation that is continued
 * @param context context variables, names without {@code $}
 * @param rails which rails to run
 * @param parameters parameters for the main model
 * @param reply what is wanted beside the answer
 */
public record GuardrailsInput(
        List<String> configIds,
        Optional<String> threadId,
        Map<String, Object> context,
        GenerationOptions rails,
        Map<String, Object> parameters,
        ReplyOptions reply) {

    /** A request that says nothing of rails. */
    static final GuardrailsInput NONE = new GuardrailsInput(
            List.of(), Optional.empty(), Map.of(), GenerationOptions.ALL, Map.of(), ReplyOptions.NONE);

    public GuardrailsInput {
        configIds = List.copyOf(configIds);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
