package dev.guardrails4j.server.wire;

import java.math.BigDecimal;

/** Checks numbers that are to be written as such, and to lie within a range: contract "checks" 3.1. Null is not given. */
public final class StrictNumbers {

    private StrictNumbers() {}

    /** A number from {@code least} to {@code most}, if it is given. */
    public static void number(Field field, long least, long most) {
        if (field.isGiven()) {
            if (field.node().isNumber()) {
                within(field, least, most);
            } else {
                field.reject("Input should be a valid number");
            }
        }
    }

    /** A whole number from {@code least} to {@code most}, if it is given. */
    public static void integer(Field field, long least, long most) {
        if (field.isGiven()) {
            if (field.node().isIntegralNumber()) {
                within(field, least, most);
            } else {
                field.reject("Input should be a valid integer");
            }
        }
    }

    private static void within(Field field, long least, long most) {
        BigDecimal number = field.node().decimalValue();
        if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
            field.reject("Input should be greater than or equal to " + least);
        } else if (number.compareTo(BigDecimal.valueOf(most)) > 0) {
            field.reject("Input should be less than or equal to " + most);
        }
    }
}
