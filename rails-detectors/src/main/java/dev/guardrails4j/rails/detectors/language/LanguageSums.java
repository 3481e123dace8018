package dev.guardrails4j.rails.detectors.language;

/** How much a text speaks for each language, by the different groups of one to three characters in it. For one thread. */
final class LanguageSums {

    /** A power of two, above how many groups the longest text has. */
    private static final int SLOTS = 2_048;

    private final NgramWeights weights;
    private final float[] sums;
    /** The groups that were added. No group is 0. */
    private final long[] added = new long[SLOTS];

    LanguageSums(NgramWeights weights) {
        this.weights = weights;
        this.sums = new float[weights.languages().size()];
    }

    /** Adds the groups that begin in a part of a text, each once. */
    void add(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            long group = 0;
            for (int j = i; j < Math.min(text.length, i + 3); j++) {
                group = NgramWeights.with(group, text[j]);
                add(group);
            }
        }
    }

    private void add(long group) {
        int slot = (int) (NgramWeights.mixed(group) & (SLOTS - 1));
        while (added[slot] != 0) {
            if (added[slot] == group) {
                return;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        added[slot] = group;
        weights.add(group, sums);
    }

    /**
     * The sum of the likeliest of some languages: the logarithm of how likely it is, but for what is the same for all.
     *
     * @param some says of each language whether it is one of them
     * @param are what it says of those that are meant
     * @return negative infinity if there is none
     */
    double ofBest(boolean[] some, boolean are) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sums.length; i++) {
            if (some[i] == are) {
                best = Math.max(best, sums[i]);
            }
        }
        return best;
    }

    /** What the model calls the likeliest language. */
    String best() {
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] > sums[best] ? i : best;
        }
        return weights.languages().get(best);
    }
}
