package dev.guardrails4j.rails.detectors.names;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * A linear model that labels the words of a text from left to right. Its weights come with this jar; {@code names.md} beside
 * them says what they were trained on. Immutable; safe for use by many threads.
 */
public final class NameModel {

    private static final int LABELS = NameLabel.values().length;
    private static final String WEIGHTS = "names.bin";

    /** One byte a slot and label. */
    private final byte[] weights;

    private NameModel(byte[] weights) {
        this.weights = weights;
    }

    private static final class Lazy {
        private static final NameModel INSTANCE = read();
    }

    /** The model of this jar; read when it is first asked for. */
    public static NameModel bundled() {
        return Lazy.INSTANCE;
    }

    private static NameModel read() {
        try (InputStream file = Objects.requireNonNull(NameModel.class.getResourceAsStream(WEIGHTS), WEIGHTS);
                DataInputStream data = new DataInputStream(new GZIPInputStream(file))) {
            byte[] weights = new byte[NameFeatures.SLOTS * LABELS];
            data.readFully(weights);
            return new NameModel(weights);
        } catch (IOException e) {
            throw new UncheckedIOException("this jar is broken", e);
        }
    }

    /** Told of a word that is part of a name. */
    @FunctionalInterface
    public interface Part {

        /**
         * Takes one.
         *
         * @param index which word
         * @param margin by how much the label beats that of no name; above 0
         */
        void found(int index, NameLabel label, int margin);
    }

    /**
     * Labels all words.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    public void label(Words words, Part part) throws InterruptedException {
        NameFeatures features = new NameFeatures(words);
        int[] scores = new int[LABELS];
        int before = 0;
        int secondBefore = 0;
        for (int i = 0; i < words.count(); i++) {
            if (i % 1_024 == 0 && Thread.interrupted()) {
                throw new InterruptedException("interrupted between two words");
            }
            int label = best(features.of(i, before, secondBefore), scores);
            if (label != 0) {
                part.found(i, LABEL[label], scores[label] - scores[0]);
            }
            secondBefore = before;
            before = label;
        }
    }

    private static final NameLabel[] LABEL = NameLabel.values();

    private int best(int[] slots, int[] scores) {
        int none = 0;
        int person = 0;
        int location = 0;
        int organization = 0;
        for (int slot : slots) {
            int at = slot * LABELS;
            none += weights[at];
            person += weights[at + 1];
            location += weights[at + 2];
            organization += weights[at + 3];
        }
        scores[0] = none;
        scores[1] = person;
        scores[2] = location;
        scores[3] = organization;
        int best = 0;
        for (int label = 1; label < LABELS; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }
}
