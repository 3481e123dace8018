package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads booleans and numbers as leniently as the reference does (contract "chat server" 1.2): {@code "yes"} is true. */
public final class Scalars {

    private static final Set<String> TRUE = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "off", "f", "false", "n", "no");
    private static final int LONGEST_NUMBER = 40;

    private Scalars() {}

    /** Whether a value can be read as a boolean. */
    public static boolean isFlag(JsonNode node) {
        return parseFlag(node).isPresent();
    }

    /** A boolean that must be there. */
    public static Optional<Boolean> flag(Field field) {
        Optional<Boolean> flag = parseFlag(field.node());
        if (flag.isEmpty()) {
            field.reject(
                    field.isMissing()
                            ? Field.REQUIRED
                            : "Input should be a valid boolean"
                                    + (isScalar(field.node()) ? ", unable to interpret input" : ""));
        }
        return flag;
    }

    /** A whole number that must be there. */
    public static Optional<Number> integer(Field field) {
        return number(field, "integer").flatMap(number -> {
            try {
                return Optional.of((Number) number.longValueExact());
            } catch (ArithmeticException e) {
                field.reject("Input should be a valid integer, got a number with a fractional part or out of range");
                return Optional.empty();
            }
        });
    }

    /** A number that must be there. */
    public static Optional<Number> number(Field field) {
        if (field.node().isIntegralNumber()) {
            return Optional.of(field.node().numberValue());
        }
        return number(field, "number").map(BigDecimal::doubleValue);
    }

    private static Optional<BigDecimal> number(Field field, String kind) {
        JsonNode node = field.node();
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        if (node.isTextual() && node.textValue().length() <= LONGEST_NUMBER) {
            try {
                return Optional.of(new BigDecimal(node.textValue().strip()));
            } catch (NumberFormatException e) {
                field.reject("Input should be a valid " + kind + ", unable to parse string as "
                        + (kind.equals("integer") ? "an integer" : "a number"));
                return Optional.empty();
            }
        }
        field.reject(field.isMissing() ? Field.REQUIRED : "Input should be a valid " + kind);
        return Optional.empty();
    }

    private static Optional<Boolean> parseFlag(JsonNode node) {
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        if (node.isNumber()) {
            return node.doubleValue() == 1
                    ? Optional.of(true)
                    : node.doubleValue() == 0 ? Optional.of(false) : Optional.empty();
        }
        String word = node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "";
        return TRUE.contains(word) ? Optional.of(true) : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private static boolean isScalar(JsonNode node) {
        return node.isTextual() || node.isNumber();
    }
}
