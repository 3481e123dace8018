package dev.guardrails4j.rails.detectors.promptinjection;

import dev.guardrails4j.rails.detectors.yara.YaraException;
import dev.guardrails4j.rails.detectors.yara.YaraRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** Knows how attacks are worded: the rules of {@code phrases.yara}. Immutable; safe for use by many threads. */
final class AttackPhrases {

    private final YaraRules rules;

    private AttackPhrases(YaraRules rules) {
        this.rules = rules;
    }

    /** The phrases that come with the jar. */
    static AttackPhrases bundled() {
        try (InputStream in = AttackPhrases.class.getResourceAsStream("phrases.yara")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the phrases");
            }
            return new AttackPhrases(YaraRules.compile(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (YaraException e) {
            throw new IllegalStateException("the phrases of the jar cannot be used", e);
        }
    }

    /** What a text does. */
    Set<Technique> in(String plain) {
        Set<Technique> techniques = EnumSet.noneOf(Technique.class);
        rules.matching(plain).forEach(rule -> techniques.add(Technique.named(rule)));
        return techniques;
    }
}
