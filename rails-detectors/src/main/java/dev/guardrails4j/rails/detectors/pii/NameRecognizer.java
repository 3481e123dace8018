package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.names.NameLabel;
import dev.guardrails4j.rails.detectors.names.NameModel;
import dev.guardrails4j.rails.detectors.names.Words;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Finds names of people, places and organisations, and addresses, by a small model. */
final class NameRecognizer implements Recognizer {

    static final Set<String> ENTITIES =
            Set.of(NameLabel.PERSON.name(), NameLabel.LOCATION.name(), NameLabel.ORGANIZATION.name());

    /** By how much a name's surest word beats no name before the model is as sure as it gets. */
    private static final double SURE = 500;

    private static final double BEST_SCORE = 0.85;

    private final NameModel model = NameModel.bundled();

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException {
        Words words = Words.of(text);
        Span span = new Span(words, found);
        model.label(words, span);
        span.end();
    }

    /** The name that is being put together of words in a row. For one thread. */
    private static final class Span implements NameModel.Part {

        private final Words words;
        private final Consumer<Finding> found;
        private NameLabel label = NameLabel.NONE;
        private int first;
        private int last;
        private int margin;

        Span(Words words, Consumer<Finding> found) {
            this.words = words;
            this.found = found;
        }

        @Override
        public void found(int index, NameLabel next, int marginOfWord) {
            if (next != label || index != last + 1) {
                end();
                label = next;
                first = index;
            }
            last = index;
            margin = Math.max(margin, marginOfWord);
        }

        void end() {
            if (label != NameLabel.NONE) {
                double score = BEST_SCORE * Math.min(1, margin / SURE);
                found.accept(new Finding(label.name(), words.start(first), words.end(last), score));
            }
            label = NameLabel.NONE;
            margin = 0;
        }
    }
}
