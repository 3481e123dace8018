package dev.guardrails4j.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** One figure over all rounds. The median stands for them, since a disturbed round must not decide. */
record Spread(double median, double lowest, double highest) {

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code 1.20 (1.00 - 1.50)}, each number in the given format. */
    String shown(String number) {
        return String.format(Locale.ROOT, number + " (" + number + " - " + number + ")", median, lowest, highest);
    }
}
