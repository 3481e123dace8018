package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.Findings;
import dev.guardrails4j.rails.detectors.text.FoldedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds sensitive data of the wanted kinds in a text. Immutable; safe for use by many threads. */
public final class SensitiveDataDetector {

    private final Set<String> entities;
    private final double threshold;
    private final Set<String> allowed;
    private final List<Recognizer> recognizers;
    private final Optional<Recognizer> names;

    /**
     * @param threshold how sure a finding must be, from 0 to 1
     * @param allowed texts that are never found, in lower case
     */
    SensitiveDataDetector(Set<String> entities, double threshold, Set<String> allowed, List<Recognizer> recognizers) {
        this.entities = Set.copyOf(entities);
        this.threshold = threshold;
        this.allowed = Set.copyOf(allowed);
        this.recognizers = List.copyOf(recognizers);
        this.names = entities.stream().anyMatch(NameRecognizer.ENTITIES::contains)
                ? Optional.of(new NameRecognizer())
                : Optional.empty();
    }

    /**
     * A detector with the settings that configurations have by default.
     *
     * @param entities names of Presidio's
     * @throws IllegalArgumentException if one of them is unknown
     */
    public static SensitiveDataDetector of(Set<String> entities) {
        if (!EntityTypes.all().containsAll(entities)) {
            throw new IllegalArgumentException("not all known: " + entities);
        }
        return new SensitiveDataDetector(
                entities,
                SensitiveDataSettings.DEFAULT_THRESHOLD,
                Set.of(),
                EntityTypes.recognizers(entities, SensitiveDataSettings.DEFAULT_PHONE_REGIONS));
    }

    /** The kinds that are known. */
    public static Set<String> knownEntities() {
        return EntityTypes.all();
    }

    /**
     * Finds all there is; takes time linear in the text, but for patterns of the configuration that were allowed to take more.
     *
     * @param limit how long it may take
     * @return in the order of the text, none overlapping
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Finding> find(String text, Duration limit) throws InterruptedException {
        FoldedText folded = FoldedText.of(text);
        List<Finding> found = new ArrayList<>();
        for (Recognizer recognizer : recognizers) {
            recognizer.find(folded.text(), limit, finding -> take(finding, folded, found));
        }
        if (names.isPresent()) {
            addNames(text, folded, limit, found);
        }
        if (!allowed.isEmpty()) {
            found.removeIf(finding -> allowed.contains(
                    text.substring(finding.start(), finding.end()).toLowerCase(Locale.ROOT)));
        }
        return found.isEmpty() ? List.of() : Findings.apart(found);
    }

    private void take(Finding finding, FoldedText folded, List<Finding> found) {
        if (finding.score() >= threshold && entities.contains(finding.type())) {
            found.add(folded.original(finding));
        }
    }

    /** Digits within an address are a phone number first: what has a form of its own is surer than a name. */
    private void addNames(String text, FoldedText folded, Duration limit, List<Finding> found)
            throws InterruptedException {
        List<Finding> withForm = Findings.apart(found);
        List<Finding> named = new ArrayList<>();
        names.get().find(folded.text(), limit, finding -> take(finding, folded, named));
        for (Finding name : named) {
            Findings.outside(name, withForm).stream()
                    .filter(part -> text.substring(part.start(), part.end())
                            .codePoints()
                            .anyMatch(Character::isLetterOrDigit))
                    .forEach(found::add);
        }
    }
}
