package dev.guardrails4j.engine.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which of the known words a misspelt one was meant to be. */
public final class Spelling {

    /** Longer words are nobody's typing error, and comparing them takes time. */
    private static final int LONGEST = 120;

    private static final int WORDS_TO_LIST = 20;

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Spelling() {}

    /** {@code "; did you mean 'x'?"}, to be put at the end of an error message; empty if nothing known is near. */
    public static String suggestion(String word, Collection<String> known) {
        return nearest(word, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** The nearest known word, or else all of them, if they are few. */
    static String suggestionOrAll(String word, Collection<String> known) {
        String suggestion = suggestion(word, known);
        if (!suggestion.isEmpty() || known.isEmpty() || known.size() > WORDS_TO_LIST) {
            return suggestion;
        }
        return "; known keys: " + String.join(", ", known);
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(word);
        return known.stream()
                .filter(name -> name.length() <= LONGEST && !name.equals(word))
                .filter(name -> isNear(plain, plain(name)))
                .min(Comparator.comparing((String name) -> !isSwapped(plain, plain(name)))
                        .thenComparing(name -> DISTANCE.apply(plain, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String word, String name) {
        int distance = DISTANCE.apply(word, name);
        int longer = Math.max(word.length(), name.length());
        return (distance <= Math.max(1, longer / 3) && distance < longer) || isSwapped(word, name);
    }

    /** Whether two letters changed places: the commonest error of all, and a distance of two. */
    private static boolean isSwapped(String word, String name) {
        return DISTANCE.apply(word, name) == 2 && Arrays.equals(letters(word), letters(name));
    }

    /** Without what people mix up: case, and how the parts of a name are joined. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }

    private static int[] letters(String word) {
        return word.chars().sorted().toArray();
    }
}
