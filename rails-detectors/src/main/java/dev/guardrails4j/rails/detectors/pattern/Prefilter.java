package dev.guardrails4j.rails.detectors.pattern;

import dev.guardrails4j.rails.detectors.pattern.PatternProgram.Branch;
import dev.guardrails4j.rails.detectors.pattern.PatternProgram.Found;
import dev.guardrails4j.rails.detectors.pattern.PatternProgram.Reading;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which of many patterns may be found in a text, so that only those need be looked for: reads the text once, whatever
 * the number of patterns, by an automaton whose states are made as texts need them. Takes time linear in the text. Safe for
 * use by many threads.
 */
public final class Prefilter {

    /** When there are so many states, or they hold so many steps, they are forgotten: hostile texts could need any number. */
    private static final int MOST_STATES = 8_192;

    private static final int MOST_HELD_STEPS = 1 << 20;

    /** A text that takes more steps for its states than this, and than these for each character, is given up. */
    private static final int MOST_NEW_STEPS = 1 << 20;

    private static final int NEW_STEPS_PER_CHARACTER = 64;

    private final int patterns;
    private final PatternProgram program = new PatternProgram();
    private final List<Place> places = new ArrayList<>();
    private final BitSet always = new BitSet();
    private final SymbolKinds kinds;
    /** By kind of character, the steps that come after one with which patterns begin. */
    private final List<BitSet> begun = new ArrayList<>();

    private final Object lock = new Object();
    /** By their steps. Guarded by {@link #lock}. */
    private final Map<IntBuffer, State> states = new HashMap<>();

    /** How many steps the states hold. Guarded by {@link #lock}. */
    private int held;

    private volatile State first;

    /** @param regexes of RE2/J; one whose shape cannot be read may be found in every text */
    public Prefilter(List<String> regexes) {
        patterns = regexes.size();
        BitSet starts = new BitSet();
        for (int pattern = 0; pattern < patterns; pattern++) {
            List<PatternPiece> pieces = PatternReader.read(regexes.get(pattern))
                    .map(PatternPiece::of)
                    .orElse(List.of());
            if (!add(pieces, pattern, starts)) {
                always.set(pattern);
            }
        }
        kinds = new SymbolKinds(program.sets());
        for (int kind = 0; kind < kinds.count(); kind++) {
            begun.add(afterReading(starts.stream().toArray(), kind, new BitSet()));
        }
        first = new State(new BitSet());
    }

    private boolean add(List<PatternPiece> pieces, int pattern, BitSet starts) {
        for (int i = 0; i < pieces.size(); i++) {
            Optional<Integer> step = program.add(pieces.get(i).shape(), places.size());
            if (step.isEmpty()) {
                return false;
            }
            reach(step.get(), starts);
            places.add(new Place(
                    pattern, i == 0, i == pieces.size() - 1, pieces.get(i).reach()));
        }
        return !pieces.isEmpty();
    }

    /** What follows from a piece that is found: pieces of a pattern have numbers in a row. */
    private record Place(int pattern, boolean isFirst, boolean isLast, long reach) {}

    /** How far all patterns have come, but for those that begin next, which are always the same. */
    private final class State {

        /** Those that read a character. */
        private final int[] readings;
        /** The pieces that end here. */
        private final int[] found;
        /** What follows, by kind of character. A thread that does not see what another one wrote finds it again. */
        private final State[] next = new State[kinds.count()];

        private final int size;

        State(BitSet steps) {
            size = steps.cardinality();
            readings = steps.stream()
                    .filter(step -> program.step(step) instanceof Reading)
                    .toArray();
            found = steps.stream()
                    .mapToObj(program::step)
                    .filter(Found.class::isInstance)
                    .mapToInt(step -> ((Found) step).shape())
                    .toArray();
        }
    }

    /** The numbers of the patterns that may be found in a text. */
    public BitSet candidates(String text) {
        BitSet candidates = (BitSet) always.clone();
        int[] ends = new int[places.size()];
        State state = first;
        long made = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PatternReader.OTHER && isSecondHalf(text, i, c)) {
                continue;
            }
            int kind = kinds.of(c);
            State next = state.next[kind];
            if (next == null) {
                next = after(state, kind);
                made += next.size;
                if (made > MOST_NEW_STEPS && made / NEW_STEPS_PER_CHARACTER > i) {
                    candidates.set(0, patterns);
                    return candidates;
                }
            }
            state = next;
            for (int piece : state.found) {
                found(piece, i + 1, ends, candidates);
            }
        }
        return candidates;
    }

    /** @param ends where each piece was found last in its pattern's order; 0 if nowhere */
    private void found(int piece, int end, int[] ends, BitSet candidates) {
        Place place = places.get(piece);
        if (place.isFirst() || (ends[piece - 1] > 0 && end - ends[piece - 1] <= place.reach() + 1)) {
            ends[piece] = end;
            if (place.isLast()) {
                candidates.set(place.pattern());
            }
        }
    }

    /** A pair of surrogates is one character to a pattern. */
    private static boolean isSecondHalf(String text, int at, char c) {
        return Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private State after(State state, int kind) {
        BitSet steps =
                afterReading(state.readings, kind, (BitSet) begun.get(kind).clone());
        State next;
        synchronized (lock) {
            if (states.size() >= MOST_STATES || held >= MOST_HELD_STEPS) {
                states.clear();
                held = 0;
                // What it leads to would be kept otherwise.
                first = new State(new BitSet());
            }
            next = states.computeIfAbsent(IntBuffer.wrap(steps.stream().toArray()), key -> {
                held += key.capacity();
                return new State(steps);
            });
        }
        state.next[kind] = next;
        return next;
    }

    private BitSet afterReading(int[] readings, int kind, BitSet after) {
        int symbol = kinds.example(kind);
        for (int step : readings) {
            if (program.step(step) instanceof Reading reading && reading.set().get(symbol)) {
                reach(reading.next(), after);
            }
        }
        return after;
    }

    /** Adds a step, and all to which it leads without reading. */
    private void reach(int step, BitSet reached) {
        Deque<Integer> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty()) {
            int next = open.pop();
            if (!reached.get(next)) {
                reached.set(next);
                if (program.step(next) instanceof Branch branch) {
                    branch.ways().forEach(open::push);
                }
            }
        }
    }
}
