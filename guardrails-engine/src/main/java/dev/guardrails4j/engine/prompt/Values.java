package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What templates may ask of a value, with the meaning that Jinja2 gives it. Values are JSON-like (strings, numbers,
 * booleans, lists, maps) or messages; anything else is opaque. A value that is null is one that is undefined.
 */
final class Values {

    private Values() {}

    /** Whether a condition holds. */
    static boolean isTrue(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof CharSequence text) {
            return !text.isEmpty();
        }
        if (value instanceof Collection<?> items) {
            return !items.isEmpty();
        }
        return !(value instanceof Map<?, ?> map) || !map.isEmpty();
    }

    /** Whether {@code ==} holds: numbers are compared by value, nothing is converted. */
    static boolean areEqual(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (isNumeric(left) && isNumeric(right)) {
            return asNumber(left).compareTo(asNumber(right)) == 0;
        }
        if (left instanceof CharSequence text && right instanceof CharSequence other) {
            return text.toString().contentEquals(other);
        }
        if (left instanceof List<?> some && right instanceof List<?> others) {
            return areEqual(some, others);
        }
        return Objects.equals(left, right);
    }

    private static boolean areEqual(List<?> some, List<?> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!areEqual(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumeric(Object value) {
        return value instanceof Boolean || (value instanceof Number number && Double.isFinite(number.doubleValue()));
    }

    private static BigDecimal asNumber(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(value.toString());
    }

    /** {@code base.key} or {@code base[key]}; null if there is no such thing. */
    static @Nullable Object access(@Nullable Object base, Object key) {
        if (base instanceof Map<?, ?> map) {
            return map.containsKey(key) ? map.get(key) : map.get(key.toString());
        }
        if (base instanceof Message message) {
            return asMap(message).get(key.toString());
        }
        if (base instanceof List<?> list) {
            int index = index(key, list.size());
            return index < 0 ? null : list.get(index);
        }
        if (base instanceof CharSequence text) {
            List<String> characters = characters(text);
            int index = index(key, characters.size());
            return index < 0 ? null : characters.get(index);
        }
        return null;
    }

    /** A place in a list; those below zero count from its end. -1 if there is no such place. */
    private static int index(Object key, int size) {
        try {
            int index = Integer.parseInt(key.toString());
            int fromStart = index < 0 ? size + index : index;
            return fromStart >= 0 && fromStart < size ? fromStart : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * {@code base[start:end]} of a list or a text; bounds below zero count from the end, those beyond it are the end.
     *
     * @param start the start if null
     * @param end the end if null
     * @throws TemplateException if there is nothing to cut
     */
    static @Nullable Object slice(@Nullable Object base, @Nullable Object start, @Nullable Object end) {
        if (base == null) {
            return null;
        }
        if (base instanceof CharSequence text) {
            int size = Character.codePointCount(text, 0, text.length());
            int from = bound(start, 0, size);
            int to = Math.max(from, bound(end, size, size));
            int first = Character.offsetByCodePoints(text, 0, from);
            return text.subSequence(first, Character.offsetByCodePoints(text, first, to - from))
                    .toString();
        }
        if (base instanceof List<?> list) {
            int from = bound(start, 0, list.size());
            return new ArrayList<>(list.subList(from, Math.max(from, bound(end, list.size(), list.size()))));
        }
        throw new TemplateException("only lists and texts can be cut with [start:end]");
    }

    private static int bound(@Nullable Object bound, int defaultBound, int size) {
        if (bound == null) {
            return defaultBound;
        }
        if (bound instanceof Long || bound instanceof Integer) {
            long place = ((Number) bound).longValue();
            return (int) Math.max(0, Math.min(size, place < 0 ? size + place : place));
        }
        throw new TemplateException("the bounds of [start:end] must be whole numbers");
    }

    /**
     * What a loop goes over: the items of a list, the keys of a map, the characters of a string; nothing if undefined.
     *
     * @throws TemplateException if it is something else
     */
    static List<@Nullable Object> items(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> items) {
            return new ArrayList<>(items);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof CharSequence text) {
            return new ArrayList<>(characters(text));
        }
        throw new TemplateException("a list is needed where there is none");
    }

    private static List<String> characters(CharSequence text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** A message as templates see it: a map of {@code role} and {@code content}. */
    static Map<String, Object> asMap(Message message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("role", message.role().wireName());
        map.put(
                "content",
                message.content().stream().allMatch(ContentPart::isText)
                        ? message.text()
                        : message.content().stream().map(Values::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(ContentPart part) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", part.type());
        if (part.isText()) {
            map.put("text", part.text());
        }
        map.putAll(part.fields());
        return map;
    }
}
