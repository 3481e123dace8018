package dev.guardrails4j.server.configs;

import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.Violation;
import dev.guardrails4j.server.wire.Violations;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which configurations are to be listed, contract "checks" 8.2.
 *
 * @param page the page, from 1
 * @param pageSize how many a page has, 1 to 1000
 * @param sort by what, as it was asked for
 * @param filter which of them
 */
record ConfigQuery(int page, int pageSize, String sort, Predicate<ConfigEntry> filter) {

    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int HIGHEST_PAGE_SIZE = 1_000;
    private static final int HIGHEST_PAGE = 1_000_000;

    private static final Comparator<ConfigEntry> BY_NAME = Comparator.comparing(
                    (ConfigEntry entry) -> entry.reference().name())
            .thenComparing(entry -> entry.reference().workspace());
    private static final Comparator<ConfigEntry> BY_TIME =
            Comparator.comparing(ConfigEntry::createdAt).thenComparing(BY_NAME);
    private static final Map<String, Comparator<ConfigEntry>> ORDERS = Map.of(
            "created_at", BY_TIME, "-created_at", BY_TIME.reversed(), "name", BY_NAME, "-name", BY_NAME.reversed());

    /**
     * Reads the parameters of a request's query.
     *
     * @throws RequestException if they are not right
     */
    static ConfigQuery read(Map<String, List<String>> query, ConfigDialect dialect) {
        Violations violations = new Violations();
        int page = number(query, "page", 1, HIGHEST_PAGE, violations);
        int pageSize = number(query, "page_size", DEFAULT_PAGE_SIZE, HIGHEST_PAGE_SIZE, violations);
        String sort = last(query, "sort", dialect.defaultSort());
        if (!ORDERS.containsKey(sort)) {
            violations.add(new Violation(
                    "query.sort", "Input should be 'created_at', '-created_at', 'name' or '-name'", false));
        }
        violations.throwIfAny();
        return new ConfigQuery(page, pageSize, sort, FilterReader.read(query));
    }

    private static int number(
            Map<String, List<String>> query, String key, int otherwise, int most, Violations violations) {
        String text = last(query, key, String.valueOf(otherwise)).strip();
        if (!text.matches("[+-]?\\d{1,9}")) {
            violations.add(new Violation(
                    "query." + key, "Input should be a valid integer, unable to parse string as an integer", false));
            return otherwise;
        }
        int number = Integer.parseInt(text);
        if (number < 1) {
            violations.add(new Violation("query." + key, "Input should be greater than or equal to 1", false));
        } else if (number > most) {
            violations.add(new Violation("query." + key, "Input should be less than or equal to " + most, false));
        }
        return number;
    }

    private static String last(Map<String, List<String>> query, String key, String otherwise) {
        List<String> values = query.getOrDefault(key, List.of());
        return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }

    /** Those that match, in order. */
    List<ConfigEntry> select(Collection<ConfigEntry> entries) {
        Comparator<ConfigEntry> order = ORDERS.getOrDefault(sort, BY_TIME);
        return entries.stream().filter(filter).sorted(order).toList();
    }

    /** Those of the page. */
    List<ConfigEntry> page(List<ConfigEntry> selected) {
        return selected.stream().skip((page - 1L) * pageSize).limit(pageSize).toList();
    }
}
