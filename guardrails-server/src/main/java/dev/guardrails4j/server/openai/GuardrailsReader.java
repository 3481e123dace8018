package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.server.openai.ReplyOptions.LogParts;
import dev.guardrails4j.server.openai.ReplyOptions.OutputVariables;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import dev.guardrails4j.server.wire.Scalars;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands below {@code guardrails} in a request (contract "chat server" 1.2 and 2). */
final class GuardrailsReader {

    private static final int MOST_CONFIGS = 32;
    private static final int LONGEST_ID = 255;
    private static final int SHORTEST_THREAD_ID = 16;
    private static final String CONFIG_ID = "config_id";
    private static final String CONFIG_IDS = "config_ids";

    private GuardrailsReader() {}

    static GuardrailsInput read(Field guardrails) {
        if (guardrails.isMissing()) {
            return GuardrailsInput.NONE;
        }
        if (!guardrails.node().isObject()) {
            guardrails.reject("Input should be a valid dictionary or object to extract fields from");
            return GuardrailsInput.NONE;
        }
        if (guardrails.at(CONFIG_ID).isGiven() && guardrails.at(CONFIG_IDS).isGiven()) {
            guardrails.rejectRule("Only one of config_id or config_ids should be specified");
            return GuardrailsInput.NONE;
        }
        if (guardrails.at("state").isGiven()) {
            guardrails.rejectRule("Caller-supplied state is not accepted over HTTP.");
            return GuardrailsInput.NONE;
        }
        List<String> configIds = configIds(guardrails);
        Optional<String> threadId = bounded(guardrails.at("thread_id"), SHORTEST_THREAD_ID);
        Map<String, Object> context = object(guardrails.at("context"));
        Field options = guardrails.at("options");
        if (options.isMissing() || !options.isObject()) {
            return new GuardrailsInput(
                    configIds, threadId, context, GenerationOptions.ALL, Map.of(), ReplyOptions.NONE);
        }
        return new GuardrailsInput(
                configIds,
                threadId,
                context,
                RailChoices.read(options.at("rails")),
                ModelParameters.readNested(options.at("llm_params")),
                new ReplyOptions(
                        flag(options.at("llm_output")), variables(options.at("output_vars")), log(options.at("log"))));
    }

    private static List<String> configIds(Field guardrails) {
        Field ids = guardrails.at(CONFIG_IDS);
        if (!ids.isGiven()) {
            return bounded(guardrails.at(CONFIG_ID), 0)
                    .filter(id -> !id.isEmpty())
                    .map(List::of)
                    .orElse(List.of());
        }
        if (!ids.isList()) {
            return List.of();
        }
        if (ids.node().size() > MOST_CONFIGS) {
            ids.reject("List should have at most " + MOST_CONFIGS + " items");
            return List.of();
        }
        return ids.items().stream()
                .flatMap(id -> id.isGiven() ? bounded(id, 0).stream() : id.string().stream())
                .toList();
    }

    private static Optional<String> bounded(Field id, int shortest) {
        return id.optionalString().filter(text -> {
            int length = text.codePointCount(0, text.length());
            if (length < shortest) {
                id.reject("String should have at least " + shortest + " characters");
            } else if (length > LONGEST_ID) {
                id.reject("String should have at most " + LONGEST_ID + " characters");
            }
            return length >= shortest && length <= LONGEST_ID;
        });
    }

    private static Map<String, Object> object(Field object) {
        return object.isGiven() && object.isObject() ? PlainValues.ofObject(object.node()) : Map.of();
    }

    private static OutputVariables variables(Field variables) {
        if (!variables.isGiven()) {
            return OutputVariables.NONE;
        }
        if (variables.node().isArray()) {
            return new OutputVariables(false, variables.strings().orElse(List.of()));
        }
        if (!Scalars.isFlag(variables.node())) {
            variables.reject("Input should be a valid boolean or list");
            return OutputVariables.NONE;
        }
        return flag(variables) ? OutputVariables.ALL : OutputVariables.NONE;
    }

    private static LogParts log(Field log) {
        if (log.isMissing() || !log.isObject()) {
            return LogParts.NONE;
        }
        return new LogParts(
                flag(log.at("activated_rails")),
                flag(log.at("llm_calls")),
                flag(log.at("internal_events")),
                flag(log.at("colang_history")));
    }

    private static boolean flag(Field flag) {
        return !flag.isMissing() && Scalars.flag(flag).orElse(false);
    }
}
