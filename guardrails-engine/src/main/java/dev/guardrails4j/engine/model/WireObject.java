package dev.guardrails4j.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from an endpoint that is not trusted: whatever is missing, null or of another type is empty.
 *
 * @param fields as they came
 */
record WireObject(Map<String, Object> fields) {

    /** More than any call spends. */
    private static final long MAX_COUNT = 1_000_000_000;

    static final WireObject EMPTY = new WireObject(Map.of());

    static Optional<WireObject> of(@Nullable Object value) {
        return value instanceof Map ? Optional.of(cast(value)) : Optional.empty();
    }

    Optional<Object> value(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    Optional<String> string(String key) {
        return value(key).filter(String.class::isInstance).map(String.class::cast);
    }

    Optional<WireObject> object(String key) {
        return of(fields.get(key));
    }

    List<?> list(String key) {
        return fields.get(key) instanceof List<?> list ? list : List.of();
    }

    /** A number that counts something: never negative, and so small that sums of many do not overflow. */
    long count(String key) {
        return fields.get(key) instanceof Number number ? Math.min(MAX_COUNT, Math.max(0, number.longValue())) : 0;
    }

    /** All fields but these and those that are null. */
    Map<String, Object> without(Set<String> keys) {
        Map<String, Object> others = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (value != null && !keys.contains(key)) {
                others.put(key, value);
            }
        });
        return others;
    }

    @SuppressWarnings("unchecked")
    private static WireObject cast(Object value) {
        return new WireObject((Map<String, Object>) value);
    }
}
