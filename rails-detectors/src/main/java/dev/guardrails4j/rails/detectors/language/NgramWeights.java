package dev.guardrails4j.rails.detectors.language;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.MaxentModel;

/**
 * How much each group of one to three characters speaks for each language: the weights of OpenNLP's model, laid out so that
 * adding those of a group takes some nanoseconds and makes no garbage. Immutable; safe for use by many threads.
 */
final class NgramWeights {

    /** A group that so many languages know has a row of its own; the weights of others are listed with their languages. */
    private static final int FEWEST_IN_ROW = 40;

    private static final int NONE = Integer.MIN_VALUE;
    private static final int BITS_OF_CHARACTER = 16;

    private final List<String> languages;
    private final long[] groups;
    /** For each group its row or, if negative, the complement of the start of its list; {@link #NONE} where there is no group. */
    private final int[] places;

    private final float[] rows;
    /** The lists: how many follow, and then a language each. */
    private final byte[] listed;

    private final float[] weights;

    /** @param model with groups of at most three characters */
    NgramWeights(MaxentModel model) {
        Object[] parts = ((AbstractModel) model).getDataStructures();
        Map<?, ?> contexts = (Map<?, ?>) parts[1];
        languages = List.of((String[]) parts[2]);
        int capacity = Integer.highestOneBit(contexts.size()) << 2;
        groups = new long[capacity];
        places = new int[capacity];
        Arrays.fill(places, NONE);
        rows = new float
                [languages.size()
                        * (int) contexts.values().stream()
                                .filter(NgramWeights::hasRow)
                                .count()];
        int inLists = contexts.values().stream()
                .filter(context -> !hasRow(context))
                .mapToInt(context -> 1 + ((Context) context).getOutcomes().length)
                .sum();
        listed = new byte[inLists];
        weights = new float[inLists];
        fill(contexts);
    }

    private static boolean hasRow(Object context) {
        return ((Context) context).getOutcomes().length >= FEWEST_IN_ROW;
    }

    private void fill(Map<?, ?> contexts) {
        int row = 0;
        int list = 0;
        for (Map.Entry<?, ?> entry : contexts.entrySet()) {
            Context context = (Context) entry.getValue();
            int[] outcomes = context.getOutcomes();
            double[] parameters = context.getParameters();
            int slot = slot(group((String) entry.getKey()));
            groups[slot] = group((String) entry.getKey());
            if (hasRow(context)) {
                places[slot] = row;
                for (int i = 0; i < outcomes.length; i++) {
                    rows[row + outcomes[i]] = (float) parameters[i];
                }
                row += languages.size();
            } else {
                places[slot] = ~list;
                listed[list++] = (byte) outcomes.length;
                for (int i = 0; i < outcomes.length; i++) {
                    listed[list] = (byte) outcomes[i];
                    weights[list++] = (float) parameters[i];
                }
            }
        }
    }

    private static long group(String characters) {
        long group = 0;
        for (int i = 0; i < characters.length(); i++) {
            group = with(group, characters.charAt(i));
        }
        return group;
    }

    /** A group with one character more. */
    static long with(long group, char next) {
        return group << BITS_OF_CHARACTER | next;
    }

    /** Where a group is, or would be. */
    private int slot(long group) {
        int slot = (int) (mixed(group) & (groups.length - 1));
        while (places[slot] != NONE && groups[slot] != group) {
            slot = (slot + 1) & (groups.length - 1);
        }
        return slot;
    }

    /** A number that is much the same for no two groups. */
    static long mixed(long group) {
        long mixed = group * 0x9e3779b97f4a7c15L;
        return mixed ^ (mixed >>> 32);
    }

    /** What the model calls the languages, in the order of their sums. */
    List<String> languages() {
        return languages;
    }

    /** Adds what a group says to the sum of each language; nothing if the model does not know it. */
    void add(long group, float[] sums) {
        int place = places[slot(group)];
        if (place >= 0) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += rows[place + i];
            }
        } else if (place != NONE) {
            int at = ~place;
            int end = at + listed[at];
            while (at++ < end) {
                sums[listed[at]] += weights[at];
            }
        }
    }
}
