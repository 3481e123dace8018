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

    private static final int OFFSET = 128;
    private static final int OFFSETS = OFFSET * NameFeatures.COUNT;
    private static final int LOW_BYTES = 0x00ff00ff;
    private static final int LOW_HALF = 0xffff;

    /** By slot, the weights of its four labels, a byte each from the lowest on, {@link #OFFSET} added. */
    private final int[] weights = new int[NameFeatures.SLOTS];

    /** @param bytes one a slot and label */
    private NameModel(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            weights[i / LABELS] |= (bytes[i] + OFFSET) << (Byte.SIZE * (i % LABELS));
        }
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
        // Two labels in each: no sum of so few bytes reaches its neighbour.
        int even = 0;
        int odd = 0;
        for (int slot : slots) {
            int four = weights[slot];
            even += four & LOW_BYTES;
            odd += (four >>> Byte.SIZE) & LOW_BYTES;
        }
        scores[0] = (even & LOW_HALF) - OFFSETS;
        scores[1] = (odd & LOW_HALF) - OFFSETS;
        scores[2] = (even >>> Short.SIZE) - OFFSETS;
        scores[3] = (odd >>> Short.SIZE) - OFFSETS;
        int best = 0;
        for (int label = 1; label < LABELS; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }
}
