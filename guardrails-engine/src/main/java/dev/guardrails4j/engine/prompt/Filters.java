package dev.guardrails4j.engine.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The filters there are: those of contract "config and rails" 1.5 that need no dialog, and Jinja's own for texts and lists. */
final class Filters {

    private static final Map<String, Filter> BY_NAME = byName();

    /** Filters of the reference that work on what Colang dialogs leave behind. */
    private static final Set<String> FOR_DIALOGS = Set.of(
            "co_v2",
            "colang_without_identifiers",
            "remove_text_messages",
            "to_intent_messages",
            "to_intent_messages_2",
            "to_messages_nemollm",
            "to_messages_v2",
            "user_assistant_sequence_nemollm",
            "verbose_v1");

    private Filters() {}

    static Optional<Filter> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All of them, sorted by name. */
    static List<Filter> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** What to tell of a filter that is not there. */
    static String unknown(String name) {
        if (FOR_DIALOGS.contains(name)) {
            return "filter '" + name + "' is for Colang dialogs, which are not supported here; for the conversation use"
                    + " {{ history | user_assistant_sequence }} or {{ history | to_chat_messages }}";
        }
        return Unknown.describe("filter", name, BY_NAME.keySet());
    }

    private static Map<String, Filter> byName() {
        Map<String, Filter> filters = new TreeMap<>();
        Stream.of(TextFilters.all(), ListFilters.all(), ConversationFilters.all())
                .flatMap(List::stream)
                .forEach(filter -> filters.put(filter.name(), filter));
        return filters;
    }
}
