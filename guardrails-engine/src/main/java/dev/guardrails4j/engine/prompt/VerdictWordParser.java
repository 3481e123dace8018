package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.Set;

/**
 * {@code is_content_safe}, read strictly. The first word, or the first after "Answer:" and the like, must be the verdict:
 * {@code safe} or {@code no} (not to be blocked), {@code unsafe} or {@code yes}. An explanation may follow, as long as it
 * does not take the verdict back: it must not call the content the opposite, nor deny the verdict, nor give another one.
 * So "No. The message is harmless" is understood, "Not safe", "No, unsafe" and "Safe to say this is unsafe" are not.
 */
final class VerdictWordParser implements OutputParser {

    private static final Set<String> LABELS = Set.of("answer", "verdict", "assessment", "decision", "result");
    private static final Set<String> BEFORE_LABELS = Set.of("the", "my", "final");
    private static final Set<String> SAFE = Set.of("safe", "no");
    private static final Set<String> UNSAFE = Set.of("unsafe", "yes");
    private static final Set<String> YES_AND_NO = Set.of("yes", "no");
    private static final int NEAR = 2;

    @Override
    public Judgement parse(String answer) {
        AnswerWords words = AnswerWords.of(Answers.bounded(answer));
        int first = afterLabel(words);
        String verdict = words.at(first);
        boolean isSafe = SAFE.contains(verdict);
        if (!isSafe && !UNSAFE.contains(verdict)) {
            throw notUnderstood();
        }
        for (int i = first + 1; i < words.size(); i++) {
            if (isAnotherVerdict(words, first, i) || contradicts(words, first, i, isSafe)) {
                throw notUnderstood();
            }
        }
        return new Judgement(isSafe, verdict.equals("unsafe") ? words.after(first) : List.of());
    }

    private static int afterLabel(AnswerWords words) {
        int i = 0;
        while (BEFORE_LABELS.contains(words.at(i))) {
            i++;
        }
        if (!LABELS.contains(words.at(i))) {
            return 0;
        }
        return words.at(i + 1).equals("is") ? i + 2 : i + 1;
    }

    /** Whether a "yes" or "no" is a verdict too, not just a word of the explanation: "Yes or no", "Safe? No.", "No. Yes!" */
    private static boolean isAnotherVerdict(AnswerWords words, int first, int i) {
        String word = words.at(i);
        if (!YES_AND_NO.contains(word) || word.equals(words.at(first))) {
            return false;
        }
        boolean isBesideVerdict = i <= first + NEAR && words.areInOneSentence(first, i);
        boolean startsSentence = !words.areInOneSentence(i - 1, i);
        boolean endsSentence = !words.areInOneSentence(i, i + 1);
        return isBesideVerdict || (startsSentence && (endsSentence || word.equals("yes")));
    }

    private static boolean contradicts(AnswerWords words, int first, int i, boolean isSafe) {
        boolean isDirective =
                words.at(i - 1).equals("be") && Set.of("should", "must", "not").contains(words.at(i - 2));
        boolean claimsSafe =
                words.at(i).equals("safe") || (isDirective && words.at(i).equals("allowed"));
        boolean claimsUnsafe =
                words.at(i).equals("unsafe") || (isDirective && words.at(i).equals("blocked"));
        if (!claimsSafe && !claimsUnsafe) {
            return false;
        }
        return words.isNegated(i, first) ? claimsSafe == isSafe : claimsSafe != isSafe;
    }

    private static JudgementException notUnderstood() {
        return new JudgementException(
                "the judge's answer is not clearly 'safe' or 'no', nor clearly 'unsafe' or 'yes'");
    }
}
