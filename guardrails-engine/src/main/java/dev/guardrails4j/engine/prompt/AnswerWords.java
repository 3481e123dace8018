package dev.guardrails4j.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an answer in lower case, and the sentences they stand in. */
final class AnswerWords {

    private static final Pattern WORD_OR_END = Pattern.compile("\\w+|[.!?;:\\n]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Set<String> ENDS = Set.of(".", "!", "?", ";", ":", "\n");

    /** The {@code t} is what the word splitting leaves of "isn't", "doesn't"; {@code un} of "un-safe". */
    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "never", "nothing", "none", "neither", "nor", "without", "cannot", "t", "un", "non");

    /** After these a negation does not negate: "no doubt unsafe", "not only unsafe". */
    private static final Set<String> UNDO_NEGATION = Set.of("doubt", "question", "only", "just", "merely");

    /** A new statement begins, to which an earlier negation does not belong: "not spam but it is unsafe". */
    private static final Set<String> RESTARTS =
            Set.of("is", "are", "was", "were", "it", "this", "they", "but", "however", "yet", "although", "though");

    /** How many words a negation reaches. */
    private static final int REACH = 30;

    private final List<String> original;
    private final List<String> words;
    private final List<Integer> sentences;

    private AnswerWords(List<String> original, List<String> words, List<Integer> sentences) {
        this.original = original;
        this.words = words;
        this.sentences = sentences;
    }

    static AnswerWords of(String answer) {
        List<String> original = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Integer> sentences = new ArrayList<>();
        int sentence = 0;
        Matcher matcher = WORD_OR_END.matcher(answer);
        while (matcher.find()) {
            String found = matcher.group();
            if (ENDS.contains(found)) {
                sentence++;
            } else {
                original.add(found);
                words.add(found.toLowerCase(Locale.ROOT));
                sentences.add(sentence);
            }
        }
        return new AnswerWords(original, words, sentences);
    }

    int size() {
        return words.size();
    }

    /** The word at a place; empty if there is none. */
    String at(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /** Everything after a word, as it was written. */
    List<String> after(int index) {
        return Answers.violations(String.join(" ", original.subList(index + 1, original.size())), " ");
    }

    boolean areInOneSentence(int one, int other) {
        return sentenceAt(one) == sentenceAt(other);
    }

    /** Whether the statement that a word belongs to is negated; words up to {@code start} do not count. */
    boolean isNegated(int index, int start) {
        int first = Math.max(start + 1, index - REACH);
        for (int i = index - 1; i >= first && areInOneSentence(i, index); i--) {
            if (NEGATIONS.contains(at(i)) && !UNDO_NEGATION.contains(at(i + 1))) {
                return true;
            }
            if (RESTARTS.contains(at(i))) {
                return false;
            }
        }
        return false;
    }

    private int sentenceAt(int index) {
        return index >= 0 && index < words.size() ? sentences.get(index) : -1;
    }
}
