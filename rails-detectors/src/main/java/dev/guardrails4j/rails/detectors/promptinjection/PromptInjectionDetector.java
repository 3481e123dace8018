package dev.guardrails4j.rails.detectors.promptinjection;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Scores texts by their words and phrases, also by those that they hide. Immutable; safe for use by many threads. */
final class PromptInjectionDetector {

    /** Who hides an attack means it. */
    private static final double CERTAINTY_OF_HIDDEN = 0.95;

    private final AttackPhrases phrases;
    private final LinearModel model;

    private PromptInjectionDetector(AttackPhrases phrases, LinearModel model) {
        this.phrases = phrases;
        this.model = model;
    }

    /** The detector that comes with the jar: made once, for all configurations. */
    static PromptInjectionDetector bundled() {
        return Bundled.DETECTOR;
    }

    private static final class Bundled {

        private static final PromptInjectionDetector DETECTOR =
                new PromptInjectionDetector(AttackPhrases.bundled(), LinearModel.bundled());
    }

    InjectionScore score(String text) {
        PlainText plain = PlainText.of(text);
        Set<Technique> techniques = EnumSet.noneOf(Technique.class);
        techniques.addAll(phrases.in(plain.text()));
        double words = model.score(plain.text());
        double doubt = 1 - words;
        for (Technique technique : techniques) {
            doubt *= 1 - technique.certainty();
        }
        Set<String> encodings = new TreeSet<>();
        for (HiddenTexts.Hidden hidden : HiddenTexts.in(text, plain.text())) {
            Set<Technique> found = phrases.in(hidden.plain());
            if (!techniques.containsAll(found)) {
                techniques.addAll(found);
                encodings.add(hidden.how());
                doubt *= 1 - CERTAINTY_OF_HIDDEN;
            }
        }
        return new InjectionScore(1 - doubt, words, techniques, encodings, plain.hidden());
    }

    /** The techniques by name, for evidence. */
    static List<String> names(Set<Technique> techniques) {
        return techniques.stream().map(Technique::toString).toList();
    }
}
