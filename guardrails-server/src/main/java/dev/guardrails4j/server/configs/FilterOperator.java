package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** How a filter compares. */
enum FilterOperator {
    EQ {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            if (value.isNull()) {
                return entry -> field.of(entry).isEmpty();
            }
            Optional<String> due = Optional.of(field.value(value));
            return entry -> field.of(entry).equals(due);
        }
    },
    LIKE {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            if (!value.isTextual()) {
                throw FilterReader.invalid("$like takes a text");
            }
            String part = value.textValue().toLowerCase(Locale.ROOT);
            return entry -> field.of(entry)
                    .filter(text -> text.toLowerCase(Locale.ROOT).contains(part))
                    .isPresent();
        }
    },
    IN {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            Set<String> due = listed(field, value);
            return entry -> field.of(entry).filter(due::contains).isPresent();
        }
    },
    NIN {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            return IN.condition(field, value).negate();
        }
    },
    GT {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            return compared(field, value, order -> order > 0);
        }
    },
    GTE {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            return compared(field, value, order -> order >= 0);
        }
    },
    LT {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            return compared(field, value, order -> order < 0);
        }
    },
    LTE {
        @Override
        Predicate<ConfigEntry> condition(FilterField field, JsonNode value) {
            return compared(field, value, order -> order <= 0);
        }
    };

    private static final int MOST_VALUES = 1_000;

    static FilterOperator named(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> FilterReader.unknown(
                        "operator",
                        name,
                        "operators",
                        List.of(values()).stream().map(FilterOperator::wireName).toList()));
    }

    static boolean takesList(String name) {
        return name.equals(IN.wireName()) || name.equals(NIN.wireName());
    }

    private String wireName() {
        return "$" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether what a configuration has in a field compares so with a value. */
    abstract Predicate<ConfigEntry> condition(FilterField field, JsonNode value);

    private static Set<String> listed(FilterField field, JsonNode value) {
        if (!value.isArray() || value.size() > MOST_VALUES) {
            throw FilterReader.invalid("$in and $nin take a list of at most " + MOST_VALUES + " values");
        }
        Set<String> values = new HashSet<>();
        value.forEach(item -> values.add(field.value(item)));
        return values;
    }

    private static Predicate<ConfigEntry> compared(FilterField field, JsonNode value, IntPredicate order) {
        String bound = field.value(value);
        return entry -> field.of(entry)
                .filter(text -> order.test(text.compareTo(bound)))
                .isPresent();
    }
}
