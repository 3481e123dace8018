package dev.guardrails4j.rails.detectors.pii;

import dk.brics.automaton.RegExp;
import dk.brics.automaton.RunAutomaton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Looks for many patterns at once, all from the same place of a text on, and reads each character there once whatever the
 * patterns. Its automaton grows as texts need it. Patterns are regular expressions of ASCII, small letters meaning letters of
 * any case, without look-around and references to groups, and with an end. Safe for use by many threads.
 */
final class PatternSet {

    private static final int ASCII = 0x80;

    private final List<RunAutomaton> automata;
    private final Map<List<Integer>, State> states = new ConcurrentHashMap<>();
    private final State first;

    PatternSet(List<String> patterns) {
        automata = patterns.stream().map(PatternSet::automaton).toList();
        first = state(automata.stream().map(RunAutomaton::getInitialState).toList());
    }

    private static RunAutomaton automaton(String pattern) {
        String regex = pattern.replace("\\d", "[0-9]").replace("(?:", "(");
        return new RunAutomaton(new RegExp(regex, RegExp.NONE).toAutomaton());
    }

    /** How far the patterns have come. */
    private static final class State {

        /** For each pattern the state of its automaton; negative if it cannot match any more. */
        private final List<Integer> at;

        private final int[] matching;
        private final boolean isOver;
        /** What follows by character. A thread that does not see what another one wrote finds the same state again. */
        private final State[] next = new State[ASCII];

        State(List<Integer> at, int[] matching) {
            this.at = at;
            this.matching = matching;
            this.isOver = at.stream().allMatch(place -> place < 0);
        }
    }

    private State state(List<Integer> at) {
        return states.computeIfAbsent(at, key -> new State(key, matching(key)));
    }

    private int[] matching(List<Integer> at) {
        return IntStream.range(0, at.size())
                .filter(i -> at.get(i) >= 0 && automata.get(i).isAccept(at.get(i)))
                .toArray();
    }

    private State after(State state, char c) {
        State next = state.next[c];
        if (next == null) {
            next = state(IntStream.range(0, automata.size())
                    .map(i -> step(automata.get(i), state.at.get(i), c))
                    .boxed()
                    .toList());
            state.next[c] = next;
        }
        return next;
    }

    private static int step(RunAutomaton automaton, int from, char c) {
        return from < 0 ? from : automaton.step(from, c);
    }

    /** Finds all that begins at a place. */
    void find(String text, int start, Matches matches) {
        matches.count = 0;
        State state = first;
        int position = start;
        while (position < text.length() && text.charAt(position) < ASCII) {
            state = after(state, small(text.charAt(position++)));
            if (state.matching.length > 0) {
                matches.add(position, state.matching);
            }
            if (state.isOver) {
                break;
            }
        }
        matches.read += position - start;
    }

    private static char small(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** What was found at one place. For one thread, that uses it again and again. */
    static final class Matches {

        private int[] ends = new int[32];
        private int[][] patterns = new int[32][];
        private int count;
        private long read;

        private void add(int end, int[] matching) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
                patterns = Arrays.copyOf(patterns, 2 * count);
            }
            ends[count] = end;
            patterns[count++] = matching;
        }

        /** At how many places something ends. */
        int count() {
            return count;
        }

        /** One of those places, in the order of the text; exclusive. */
        int end(int index) {
            return ends[index];
        }

        /** The numbers of the patterns that match up to that place. Not to be written to. */
        int[] patterns(int index) {
            return patterns[index];
        }

        /** How many characters were read until now, at all places together: a measure of the work. */
        long read() {
            return read;
        }
    }
}
