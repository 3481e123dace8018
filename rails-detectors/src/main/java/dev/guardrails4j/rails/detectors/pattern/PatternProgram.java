package dev.guardrails4j.rails.detectors.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Several shapes as one automaton, whose steps read a character, branch, or say that a shape has been read.
 * Changed only while it is put together.
 */
final class PatternProgram {

    /** More would take longer than to look for the pattern itself. */
    private static final int MOST_STEPS_EACH = 2_000;

    private static final int MOST_STEPS = 50_000;

    /** What must come oftener is read so often, and then as often as one likes. */
    private static final int MOST_COPIES = 4;

    private final List<Step> steps = new ArrayList<>();
    private int limit;

    /** A step. */
    sealed interface Step {}

    /** Reads one character of a set. */
    record Reading(BitSet set, int next) implements Step {}

    /** Goes on in several ways. */
    record Branch(List<Integer> ways) implements Step {}

    /** A shape has been read. */
    record Found(int shape) implements Step {}

    /** Adds a shape; returns the step it begins with, empty if it is too large. */
    Optional<Integer> add(PatternShape shape, int number) {
        int before = steps.size();
        limit = Math.min(MOST_STEPS, before + MOST_STEPS_EACH);
        try {
            return Optional.of(added(shape, append(new Found(number))));
        } catch (TooLargeException e) {
            steps.subList(before, steps.size()).clear();
            return Optional.empty();
        }
    }

    Step step(int number) {
        return steps.get(number);
    }

    /** The different sets of characters that are read. */
    List<BitSet> sets() {
        return steps.stream()
                .filter(Reading.class::isInstance)
                .map(step -> ((Reading) step).set())
                .distinct()
                .toList();
    }

    /** The step that reads a shape and then goes on with another. */
    private int added(PatternShape shape, int next) throws TooLargeException {
        if (shape instanceof PatternShape.OneOf one) {
            return append(new Reading(one.set(), next));
        }
        if (shape instanceof PatternShape.Sequence sequence) {
            int first = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                first = added(sequence.parts().get(i), first);
            }
            return first;
        }
        if (shape instanceof PatternShape.Choice choice) {
            List<Integer> ways = new ArrayList<>();
            for (PatternShape option : choice.options()) {
                ways.add(added(option, next));
            }
            return append(new Branch(ways));
        }
        return added((PatternShape.Repetition) shape, next);
    }

    private int added(PatternShape.Repetition repetition, int next) throws TooLargeException {
        int first = next;
        if (repetition.most() > Math.min(repetition.least(), MOST_COPIES)) {
            List<Integer> ways = new ArrayList<>(List.of(next));
            first = append(new Branch(ways));
            ways.add(added(repetition.part(), first));
        }
        for (int i = 0; i < Math.min(repetition.least(), MOST_COPIES); i++) {
            first = added(repetition.part(), first);
        }
        return first;
    }

    private int append(Step step) throws TooLargeException {
        if (steps.size() == limit) {
            throw new TooLargeException();
        }
        steps.add(step);
        return steps.size() - 1;
    }

    private static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
