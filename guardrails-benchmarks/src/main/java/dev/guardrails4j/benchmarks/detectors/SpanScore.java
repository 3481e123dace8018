package dev.guardrails4j.benchmarks.detectors;

import java.util.Locale;

/**
 * How well spans of one kind were found. A span that is there is found if findings of its kind cover half of it or more; a
 * finding is right if spans of its kind cover half of it or more. For one thread.
 */
final class SpanScore {

    private int there;
    private int found;
    private int claimed;
    private int right;

    void there(boolean isFound) {
        there++;
        found += isFound ? 1 : 0;
    }

    void claimed(boolean isRight) {
        claimed++;
        right += isRight ? 1 : 0;
    }

    void add(SpanScore other) {
        there += other.there;
        found += other.found;
        claimed += other.claimed;
        right += other.right;
    }

    double recall() {
        return there == 0 ? 1 : (double) found / there;
    }

    double precision() {
        return claimed == 0 ? 1 : (double) right / claimed;
    }

    /** Recall counts twice as much as precision. */
    double f2() {
        double sum = 4 * precision() + recall();
        return sum == 0 ? 0 : 5 * precision() * recall() / sum;
    }

    String line(String name) {
        return String.format(
                Locale.ROOT, "%-28s %6d %8.3f %8d %10.3f %7.3f", name, there, recall(), claimed, precision(), f2());
    }

    static String heading() {
        return String.format("%-28s %6s %8s %8s %10s %7s", "entity", "there", "recall", "found", "precision", "F2");
    }
}
