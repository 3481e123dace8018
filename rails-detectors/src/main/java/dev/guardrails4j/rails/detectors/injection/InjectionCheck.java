package dev.guardrails4j.rails.detectors.injection;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.yara.YaraMatch;
import dev.guardrails4j.rails.detectors.yara.YaraRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at one text with the rules of a configuration. Immutable; safe for use by many threads. */
final class InjectionCheck implements RailCheck {

    /** Contract "config and rails" 2.3. */
    private static final String REFUSAL =
            "I'm sorry, the desired output triggered rule(s) designed to mitigate exploitation of %s.";

    /** What is still found after so many is not let through at all. */
    private static final int MOST_PASSES = 8;

    private final List<YaraRules> rules;
    private final boolean omit;

    InjectionCheck(List<YaraRules> rules, boolean omit) {
        this.rules = List.copyOf(rules);
        this.omit = omit;
    }

    @Override
    public Verdict check(RailContext context) {
        Set<String> matched = new LinkedHashSet<>();
        Optional<ArgumentStrings> arguments = context.toolCall().flatMap(call -> ArgumentStrings.of(context.text()));
        if (arguments.isEmpty()) {
            String clean = clean(context.text(), matched);
            return verdict(matched, clean);
        }
        String clean = arguments.get().withEach(value -> clean(value, matched));
        return verdict(matched, clean);
    }

    /** The text without what is found, noting the names of the rules. */
    private String clean(String text, Set<String> matched) {
        Optional<String> undisguised =
                Unescaped.of(text).filter(plain -> isFound(plain, matched) && !isFound(text, matched));
        if (undisguised.isPresent()) {
            // There is nothing to take out: what was found does not stand there so.
            return omit ? "" : text;
        }
        String clean = text;
        // What is left may be found again: an attack can be hidden within another, to close up when that is taken out.
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            List<YaraMatch> matches = new ArrayList<>();
            for (YaraRules some : rules) {
                matches.addAll(some.match(clean));
            }
            matches.forEach(match -> matched.add(match.rule()));
            if (matches.isEmpty() || !omit) {
                return clean;
            }
            clean = YaraRules.without(clean, matches);
        }
        return "";
    }

    private boolean isFound(String text, Set<String> matched) {
        List<String> names =
                rules.stream().flatMap(some -> some.matching(text).stream()).toList();
        matched.addAll(names);
        return !names.isEmpty();
    }

    private Verdict verdict(Set<String> matched, String clean) {
        if (matched.isEmpty()) {
            return Verdict.allow();
        }
        List<String> names = List.copyOf(matched);
        Verdict verdict = omit
                ? Verdict.rewrite(clean)
                : Verdict.block("matches injection rules", REFUSAL.formatted(String.join(", ", names)));
        return verdict.with("rules", names);
    }
}
