package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.names.NameFeatures;
import dev.guardrails4j.rails.detectors.names.NameLabel;
import dev.guardrails4j.rails.detectors.names.Words;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Trains the model of names: an averaged perceptron (Collins, 2002) that decodes from left to right. For one thread. */
final class NameTrainer {

    private static final int LABELS = NameLabel.values().length;
    private static final int LARGEST = 127;
    /** The share of weights that are not cut when they are made bytes. */
    private static final double KEPT = 0.9995;

    private final Random random;
    private final float[] weights = new float[NameFeatures.SLOTS * LABELS];
    private final float[] ages = new float[NameFeatures.SLOTS * LABELS];
    private int step = 1;

    NameTrainer(long seed) {
        this.random = new Random(seed);
    }

    /** A text cut into words, with what each is. */
    private static final class Example {

        private final Words words;
        private final int[] labels;

        private Example(Words words, int[] labels) {
            this.words = words;
            this.labels = labels;
        }

        static Example of(MarkedText text) {
            Words words = Words.of(text.text());
            int[] labels = new int[words.count()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = label(words, i, text.spans());
            }
            return new Example(words, labels);
        }

        private static int label(Words words, int index, List<Finding> spans) {
            for (Finding span : spans) {
                if (span.start() <= words.start(index) && words.end(index) <= span.end()) {
                    return switch (span.type()) {
                        case "PERSON" -> NameLabel.PERSON.index();
                        case "LOCATION", "ADDRESS" -> NameLabel.LOCATION.index();
                        case "ORGANIZATION" -> NameLabel.ORGANIZATION.index();
                        default -> NameLabel.NONE.index();
                    };
                }
            }
            return NameLabel.NONE.index();
        }
    }

    /** Learns from texts, all of them several times. */
    void train(List<MarkedText> texts, int rounds) {
        List<Example> examples = new ArrayList<>(texts.stream().map(Example::of).toList());
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(examples, random);
            examples.forEach(this::learn);
        }
    }

    private void learn(Example example) {
        NameFeatures features = new NameFeatures(example.words);
        int before = 0;
        int secondBefore = 0;
        for (int i = 0; i < example.labels.length; i++) {
            int[] slots = features.of(i, before, secondBefore);
            int guess = best(slots);
            int truth = example.labels[i];
            if (guess != truth) {
                for (int slot : slots) {
                    change(slot * LABELS + truth, 1);
                    change(slot * LABELS + guess, -1);
                }
            }
            step++;
            secondBefore = before;
            before = guess;
        }
    }

    private void change(int weight, float by) {
        weights[weight] += by;
        ages[weight] += step * by;
    }

    private int best(int[] slots) {
        float[] scores = new float[LABELS];
        for (int slot : slots) {
            for (int label = 0; label < LABELS; label++) {
                scores[label] += weights[slot * LABELS + label];
            }
        }
        int best = 0;
        for (int label = 1; label < LABELS; label++) {
            best = scores[label] > scores[best] ? label : best;
        }
        return best;
    }

    /** The averages of all weights on the way, as bytes. */
    byte[] bytes() {
        float[] averages = new float[weights.length];
        float[] sizes = new float[weights.length];
        int used = 0;
        for (int i = 0; i < weights.length; i++) {
            averages[i] = weights[i] - ages[i] / step;
            if (averages[i] != 0) {
                sizes[used++] = Math.abs(averages[i]);
            }
        }
        Arrays.sort(sizes, 0, used);
        float largest = sizes[(int) ((used - 1) * KEPT)];
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(averages[i] / largest * LARGEST)));
        }
        return bytes;
    }
}
