package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.TermSearch;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

/** Finds words of a list, whole and in letters of any case. */
final class WordRecognizer implements Recognizer {

    private final String entity;
    private final double score;
    private final TermSearch search;

    WordRecognizer(String entity, double score, Collection<String> words) {
        this.entity = entity;
        this.score = score;
        this.search = new TermSearch(words, false, true);
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        search.search(text, (word, start, end) -> {
            found.accept(new Finding(entity, start, end, score));
            return true;
        });
    }
}
