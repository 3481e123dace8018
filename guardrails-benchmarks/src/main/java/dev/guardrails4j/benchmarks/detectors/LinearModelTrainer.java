package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.promptinjection.LinearModel;
import dev.guardrails4j.rails.detectors.promptinjection.WordFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Logistic regression by stochastic gradient descent with a step of its own for each weight (AdaGrad). Gives the same weights
 * for the same texts, wherever it runs.
 */
final class LinearModelTrainer {

    private static final int ROUNDS = 25;
    private static final double STEP = 0.5;
    private static final double DECAY = 1e-4;

    /** There are fewer attacks than other texts, and a missed one is worse. */
    private static final double WEIGHT_OF_ATTACKS = 6;

    private static final long SEED = 20_260_101;

    private final double[] weights = new double[WordFeatures.SIZE];
    private final double[] squares = new double[WordFeatures.SIZE];
    private double bias;
    private double biasSquares;

    private LinearModelTrainer() {
        Arrays.fill(squares, 1e-6);
        biasSquares = 1e-6;
    }

    /** A model of these texts. */
    static LinearModel train(List<TrainingText> texts) {
        List<Map.Entry<int[], Boolean>> parts = new ArrayList<>();
        for (TrainingText text : texts) {
            text.parts().forEach(part -> parts.add(Map.entry(part, text.isAttack())));
        }
        LinearModelTrainer trainer = new LinearModelTrainer();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(parts, random);
            parts.forEach(part -> trainer.learn(part.getKey(), part.getValue()));
        }
        return trainer.model();
    }

    private void learn(int[] features, boolean isAttack) {
        double each = LinearModel.weightOfEach(features);
        double sum = bias;
        for (int feature : features) {
            sum += weights[feature] * each;
        }
        double guess = 1 / (1 + StrictMath.exp(-sum));
        double error = isAttack ? (guess - 1) * WEIGHT_OF_ATTACKS : guess;
        for (int feature : features) {
            double slope = error * each + DECAY * weights[feature];
            squares[feature] += slope * slope;
            weights[feature] -= STEP * slope / Math.sqrt(squares[feature]);
        }
        biasSquares += error * error;
        bias -= STEP * error / Math.sqrt(biasSquares);
    }

    private LinearModel model() {
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) weights[i];
        }
        return LinearModel.of(rounded, (float) bias);
    }
}
