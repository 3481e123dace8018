package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.checks.ConfigChoice.Inline;
import dev.guardrails4j.server.checks.ConfigChoice.Stored;
import dev.guardrails4j.server.checks.ConfigChoice.Unspecified;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Union;
import dev.guardrails4j.server.wire.Union.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which configuration a request is to run on: contract "checks" 3.4. */
final class ConfigChoiceReader {

    private static final int MOST_CONFIGS = 32;
    private static final int LONGEST_REFERENCE = 255;
    private static final String CONFIG_ID = "config_id";
    private static final String CONFIG_IDS = "config_ids";
    private static final String CONFIG = "config";

    private static final Union CONFIG_OR_ID =
            Union.of(new Alternative("str", Field::string), new Alternative("RailsConfig", field -> field.isModel()));

    private ConfigChoiceReader() {}

    /** @param guardrails an object */
    static ConfigChoice read(Field guardrails) {
        Field config = guardrails.at(CONFIG);
        JsonNode inline = config.node();
        if (inline.isObject() && !inline.isEmpty()) {
            return new Inline(inline);
        }
        if (config.isGiven() && !CONFIG_OR_ID.check(config)) {
            return new Unspecified();
        }
        Optional<String> id = reference(guardrails.at(CONFIG_ID));
        Optional<List<String>> ids = references(guardrails.at(CONFIG_IDS));
        if (id.isPresent() && ids.isPresent()) {
            guardrails.rejectRule("Only one of config_id or config_ids should be specified");
            return new Unspecified();
        }
        if (inline.isTextual() && id.isPresent()) {
            guardrails.rejectRule("Only one of config_id or config of type str should be specified");
            return new Unspecified();
        }
        return ids.or(() -> id.or(() -> inline.isTextual() ? reference(config) : Optional.empty())
                        .map(List::of))
                .<ConfigChoice>map(Stored::new)
                .orElseGet(Unspecified::new);
    }

    private static Optional<List<String>> references(Field ids) {
        if (!ids.isGiven() || !ids.isList()) {
            return Optional.empty();
        }
        int size = ids.node().size();
        if (size == 0 || size > MOST_CONFIGS) {
            // Where the reference fails with status 500: no rail at all is not what anybody means by an empty list.
            ids.reject(
                    size == 0
                            ? "List should have at least 1 item"
                            : "List should have at most " + MOST_CONFIGS + " items");
            return Optional.empty();
        }
        List<String> references = new ArrayList<>();
        ids.items().forEach(id -> (id.isGiven() ? reference(id) : id.string()).ifPresent(references::add));
        return Optional.of(references);
    }

    private static Optional<String> reference(Field id) {
        return id.optionalString().filter(text -> {
            if (text.length() > LONGEST_REFERENCE) {
                id.reject("String should have at most " + LONGEST_REFERENCE + " characters");
            }
            return text.length() <= LONGEST_REFERENCE;
        });
    }
}
