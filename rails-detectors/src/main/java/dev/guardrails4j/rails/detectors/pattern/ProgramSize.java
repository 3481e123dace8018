package dev.guardrails4j.rails.detectors.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates, from above, the instructions that a pattern compiles to. RE2/J writes repetitions out and has no limit for
 * nested ones: {@code ((a{1000}){1000}){1000}} would take all memory there is.
 */
final class ProgramSize {

    private static final int MAX_INSTRUCTIONS = 20_000;
    private static final int MAX_GROUP_DEPTH = 100;

    private final Deque<Group> outerGroups = new ArrayDeque<>();
    private Group group = new Group();

    /** One more character, bracket or assertion. */
    void add() {
        group.add(1);
    }

    void openGroup() throws UnusablePatternException {
        if (outerGroups.size() == MAX_GROUP_DEPTH) {
            throw new UnusablePatternException("its groups are nested deeper than " + MAX_GROUP_DEPTH);
        }
        outerGroups.push(group);
        group = new Group();
    }

    void closeGroup() throws UnusablePatternException {
        if (!outerGroups.isEmpty()) {
            long instructions = group.instructions + 2;
            group = outerGroups.pop();
            group.add(instructions);
            refuseIfTooLarge();
        }
    }

    /** What was added or closed last is repeated up to so often. */
    void repeatLast(int times) throws UnusablePatternException {
        group.repeatLast(times);
        refuseIfTooLarge();
    }

    private void refuseIfTooLarge() throws UnusablePatternException {
        if (group.instructions > MAX_INSTRUCTIONS) {
            throw new UnusablePatternException("its repetitions multiply to more than " + MAX_INSTRUCTIONS
                    + " steps; repeat less often, or leave the upper limit out");
        }
    }

    private static final class Group {

        private long instructions;
        private long last;

        void add(long more) {
            instructions += more;
            last = more;
        }

        void repeatLast(int times) {
            instructions += last * (times - 1L);
            last *= times;
        }
    }
}
