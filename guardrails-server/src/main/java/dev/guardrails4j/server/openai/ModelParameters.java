package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import dev.guardrails4j.server.wire.Scalars;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a request wants of the main model: the parameters of the OpenAI API, and whatever else stands beside them,
 * which may be an upstream's own. Everything is passed on, or refused by name (DESIGN 5). Contract "chat server" 1.2.
 */
final class ModelParameters {

    /** What is read elsewhere, or is ours to say to the upstream. */
    private static final Set<String> OURS = Set.of("model", "messages", "stream", "stream_options", "n", "guardrails");

    private static final String TOOL_CHOICE = "tool_choice";
    private static final String TOOLS = "tools";

    private ModelParameters() {}

    /** Says what can never be served, before anything else is looked at. */
    static void rejectUnsupported(Field body) {
        Field modalities = body.at("modalities");
        if (!modalities.isMissing() && !modalities.node().isArray()) {
            body.rejectRule("The 'modalities' parameter must be a list.");
        } else if (!body.at("audio").isMissing() || holds(modalities.node(), "audio")) {
            body.rejectRule("Audio input and output are not supported.");
        } else if (isCustom(body.at(TOOL_CHOICE).node())
                || hasCustom(body.at(TOOL_CHOICE).node().path(TOOLS))
                || hasCustom(body.at(TOOLS).node())) {
            body.rejectRule("Custom tools are not supported.");
        }
        body.violations().throwIfAny();
    }

    /** The parameters at the top of a request. */
    static Map<String, Object> read(Field body) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        body.node().fieldNames().forEachRemaining(name -> {
            if (!OURS.contains(name) && body.at(name).isGiven()) {
                value(body.at(name), name).ifPresent(value -> parameters.put(name, value));
            }
        });
        rejectSeveralChoices(body.at("n"));
        return parameters;
    }

    /** The parameters of {@code guardrails.options.llm_params}, which must not reach around the rails. */
    static Map<String, Object> readNested(Field parameters) {
        if (!parameters.isGiven() || !parameters.isObject()) {
            return Map.of();
        }
        for (String name : OURS) {
            if (parameters.at(name).isGiven() && !name.equals("n")) {
                parameters.at(name).reject("Not a parameter of the model; leave it out");
            }
        }
        rejectSeveralChoices(parameters.at("n"));
        return PlainValues.ofOthers(parameters.node(), OURS);
    }

    private static Optional<? extends Object> value(Field field, String name) {
        return switch (name) {
            case "max_tokens" -> Scalars.integer(field);
            case "temperature", "top_p", "presence_penalty", "frequency_penalty" -> Scalars.number(field);
            case "logprobs", "parallel_tool_calls" -> Scalars.flag(field);
            case "stop" -> stop(field);
            case "logit_bias" -> field.isObject() ? plain(field) : Optional.empty();
            case TOOLS -> tools(field);
            case TOOL_CHOICE -> toolChoice(field);
            default -> plain(field);
        };
    }

    private static Optional<Object> plain(Field field) {
        return Optional.of(PlainValues.of(field.node()));
    }

    private static Optional<? extends Object> stop(Field stop) {
        if (stop.node().isTextual()) {
            return Optional.of(stop.node().textValue()).filter(word -> !word.isEmpty());
        }
        if (!stop.node().isArray()) {
            stop.reject("Input should be a valid string or list");
            return Optional.empty();
        }
        return stop.strings().filter(words -> !words.isEmpty());
    }

    private static Optional<Object> tools(Field tools) {
        if (tools.isList()) {
            tools.items().forEach(Field::isObject);
        }
        return tools.node().isEmpty() ? Optional.empty() : plain(tools);
    }

    private static Optional<Object> toolChoice(Field choice) {
        if (!choice.node().isTextual() && !choice.node().isObject()) {
            choice.reject("Input should be a valid string or dictionary");
        }
        return plain(choice);
    }

    private static void rejectSeveralChoices(Field n) {
        if (n.isGiven()
                && Scalars.integer(n).filter(number -> number.longValue() != 1).isPresent()) {
            n.reject("Only one choice is supported; set n to 1 or leave it out");
        }
    }

    private static boolean holds(JsonNode list, String word) {
        return list.valueStream()
                .anyMatch(item -> item.isTextual() && item.textValue().equals(word));
    }

    private static boolean hasCustom(JsonNode list) {
        return list.isArray() && list.valueStream().anyMatch(ModelParameters::isCustom);
    }

    private static boolean isCustom(JsonNode node) {
        return node.isObject() && node.path("type").asText().equals("custom");
    }
}
