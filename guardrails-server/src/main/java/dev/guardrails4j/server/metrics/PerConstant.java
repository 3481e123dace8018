package dev.guardrails4j.server.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A value for each constant of an enumeration. Immutable.
 *
 * @param values by constant
 */
record PerConstant<E extends Enum<E>, V>(Map<E, V> values) {

    static <E extends Enum<E>, V> PerConstant<E, V> of(Class<E> type, Function<E, V> maker) {
        Map<E, V> values = new EnumMap<>(type);
        Arrays.stream(type.getEnumConstants()).forEach(constant -> values.put(constant, maker.apply(constant)));
        return new PerConstant<>(values);
    }

    V of(E constant) {
        return Objects.requireNonNull(values.get(constant));
    }
}
