package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code is_content_safe} as the reference reads it: looks for a verdict among the first two words, in a fixed order, so
 * that "Not safe" is safe; what has none is unsafe.
 */
final class LaxVerdictWordParser implements OutputParser {

    private static final Pattern NOT_A_WORD = Pattern.compile("\\W++", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String UNSAFE = "unsafe";

    @Override
    public Judgement parse(String answer) {
        String plain = NOT_A_WORD.matcher(answer.strip()).replaceAll(" ");
        String[] words = plain.toLowerCase(Locale.ROOT).split(" ", 3);
        List<String> firstWords = List.of(words).subList(0, Math.min(2, words.length));
        if (firstWords.contains("safe")) {
            return new Judgement(true, List.of());
        }
        if (firstWords.contains(UNSAFE)) {
            return new Judgement(false, violations(plain));
        }
        boolean isSafe = !firstWords.contains("yes") && firstWords.contains("no");
        return new Judgement(isSafe, List.of());
    }

    private static List<String> violations(String plain) {
        int unsafe = plain.toLowerCase(Locale.ROOT).indexOf(UNSAFE);
        return Answers.violations(plain.substring(Math.min(plain.length(), unsafe + UNSAFE.length())), " ");
    }
}
