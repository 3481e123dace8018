package dev.guardrails4j.engine;

import dev.guardrails4j.api.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation to be continued.
 *
 * @param messages the conversation so far
 * @param model the main model's name, if it is to be another than the configured one
 * @param context context variables, names without {@code $}
 * @param parameters parameters for the main model by their OpenAI name
 * @param options which rails to run
 * @param timeout how long the whole request may take; the engine's default if empty
 * @param caller whose request it is, such as the name of an API key, never the key itself; {@link #ANYBODY} if that is not
 *     known. What was decided for one caller is never told to another
 * @param access the caller's own key and headers for the main model, where the model's engine can be asked with others
 *     than the configured ones; those that are built in can
 */
public record GenerationRequest(
        List<Message> messages,
        Optional<String> model,
        Map<String, Object> context,
        Map<String, Object> parameters,
        GenerationOptions options,
        Optional<Duration> timeout,
        String caller,
        Optional<ModelAccess> access) {

    /** The caller of a request that does not say whose it is. */
    public static final String ANYBODY = "";

    public GenerationRequest {
        messages = List.copyOf(messages);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A conversation that is continued with the configured key. */
    public GenerationRequest(
            List<Message> messages,
            Optional<String> model,
            Map<String, Object> context,
            Map<String, Object> parameters,
            GenerationOptions options,
            Optional<Duration> timeout,
            String caller) {
        this(messages, model, context, parameters, options, timeout, caller, Optional.empty());
    }

    /** A conversation of nobody in particular. */
    public GenerationRequest(
            List<Message> messages,
            Optional<String> model,
            Map<String, Object> context,
            Map<String, Object> parameters,
            GenerationOptions options,
            Optional<Duration> timeout) {
        this(messages, model, context, parameters, options, timeout, ANYBODY);
    }

    /** The tools that {@link #parameters()} offer to the model: what of {@code tools} is a map; unmodifiable. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> tools() {
        return parameters.get("tools") instanceof List<?> tools
                ? tools.stream()
                        .filter(tool -> tool instanceof Map)
                        .map(tool -> (Map<String, Object>) tool)
                        .toList()
                : List.of();
    }

    /** A conversation with nothing else said. */
    public static GenerationRequest of(List<Message> messages) {
        return new GenerationRequest(
                messages, Optional.empty(), Map.of(), Map.of(), GenerationOptions.ALL, Optional.empty());
    }

    /** The same, to be done within this time, which is more than nothing. */
    public GenerationRequest within(Duration limit) {
        return new GenerationRequest(messages, model, context, parameters, options, Optional.of(limit), caller, access);
    }

    /** The same with the main model asked so. */
    public GenerationRequest with(ModelAccess own) {
        return new GenerationRequest(messages, model, context, parameters, options, timeout, caller, Optional.of(own));
    }

    /** The same by this caller. */
    public GenerationRequest by(String who) {
        return new GenerationRequest(messages, model, context, parameters, options, timeout, who, access);
    }

    /** The same, only to be checked. */
    public GenerationRequest withoutDialog() {
        return choosing(new GenerationOptions(options.rails(), false));
    }

    /** The same with these rails. */
    public GenerationRequest choosing(GenerationOptions rails) {
        return new GenerationRequest(messages, model, context, parameters, rails, timeout, caller, access);
    }

    /** The same with these parameters for the main model. */
    public GenerationRequest wanting(Map<String, Object> others) {
        return new GenerationRequest(messages, model, context, others, options, timeout, caller, access);
    }

    /** The same of another conversation. */
    public GenerationRequest saying(List<Message> conversation) {
        return new GenerationRequest(conversation, model, context, parameters, options, timeout, caller, access);
    }

    /** The same after what was said earlier. */
    public GenerationRequest after(List<Message> earlier) {
        List<Message> whole = new ArrayList<>(earlier);
        whole.addAll(messages);
        return new GenerationRequest(whole, model, context, parameters, options, timeout, caller, access);
    }
}
