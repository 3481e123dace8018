package dev.guardrails4j.rails.detectors.promptinjection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Says how much the words of a text are those of attacks: logistic regression over {@link WordFeatures}. Its card, {@code
 * model-card.md} beside the weights, says what it was trained on. Immutable; safe for use by many threads.
 */
public final class LinearModel {

    private static final String WEIGHTS = "weights.bin";
    private static final int FORMAT = 0x47344C31;

    /** Texts shorter than so many features count as if they had so many: a single word proves nothing. */
    private static final int FEWEST_FEATURES = 20;

    private static final int WINDOW = 2_000;
    private static final int STEP = 1_500;

    private final float[] weights;
    private final float bias;

    private LinearModel(float[] weights, float bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * A model with these weights.
     *
     * @param weights one for each feature; copied
     * @param bias what is added to their sum
     */
    public static LinearModel of(float[] weights, float bias) {
        if (weights.length != WordFeatures.SIZE) {
            throw new IllegalArgumentException(
                    "%d weights for %d features".formatted(weights.length, WordFeatures.SIZE));
        }
        return new LinearModel(weights.clone(), bias);
    }

    /** The model that comes with the jar. */
    static LinearModel bundled() {
        try (InputStream in = LinearModel.class.getResourceAsStream(WEIGHTS)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the weights of the model");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else
     */
    public static LinearModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != FORMAT || data.readInt() != WordFeatures.SIZE) {
            throw new IOException("these are no weights for %d features".formatted(WordFeatures.SIZE));
        }
        float bias = data.readFloat();
        float scale = data.readFloat();
        byte[] coarse = data.readNBytes(WordFeatures.SIZE);
        if (coarse.length < WordFeatures.SIZE) {
            throw new IOException("the weights end too early");
        }
        float[] weights = new float[WordFeatures.SIZE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = coarse[i] * scale;
        }
        return new LinearModel(weights, bias);
    }

    /** Writes the weights, a byte each: what is lost is less than what training leaves to chance. */
    public void write(OutputStream out) throws IOException {
        float largest = Float.MIN_NORMAL;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float scale = largest / Byte.MAX_VALUE;
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(FORMAT);
        data.writeInt(weights.length);
        data.writeFloat(bias);
        data.writeFloat(scale);
        for (float weight : weights) {
            data.writeByte(Math.round(weight / scale));
        }
        data.flush();
    }

    /**
     * From 0 to 1, how much a text looks like an attack. Of a long text, its worst part counts.
     *
     * @param plain as {@link PlainText} has it
     */
    public double score(String plain) {
        double worst = 0;
        for (int from = 0; from == 0 || from + WINDOW - STEP < plain.length(); from += STEP) {
            worst = Math.max(worst, score(WordFeatures.of(plain, from, Math.min(plain.length(), from + WINDOW))));
        }
        return worst;
    }

    /** From 0 to 1, how much a text with these features looks like an attack. */
    public double score(int[] features) {
        if (features.length == 0) {
            return 0;
        }
        double sum = 0;
        for (int feature : features) {
            sum += weights[feature];
        }
        return 1 / (1 + Math.exp(-(bias + sum * weightOfEach(features))));
    }

    /** How much each feature of a text counts, so that long texts do not count more than short ones. */
    public static double weightOfEach(int[] features) {
        return 1 / Math.sqrt(Math.max(FEWEST_FEATURES, features.length));
    }
}
