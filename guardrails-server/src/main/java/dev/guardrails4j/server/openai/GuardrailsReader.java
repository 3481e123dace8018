package dev.guardrails4j.server.openai;

import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
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
            guardrails.reject(Field.NOT_A_MODEL);
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
        GuardrailsOptions options = GuardrailsOptions.read(guardrails.at("options"));
        return new GuardrailsInput(
                configIds, threadId, context, options.rails(), options.parameters(), options.reply());
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
}
