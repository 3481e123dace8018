package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code patronus_lynx_parse_score}: an answer with {@code "SCORE": "PASS"} or {@code "FAIL"} in it, among its reasons. Read
 * strictly, all scores in it are the same one and each is one of the two; the reference takes the first, and takes an answer
 * without one for a failure.
 */
final class LynxScoreParser {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE;
    private static final Pattern SCORE = Pattern.compile("[\"']SCORE[\"']\\s*+:\\s*+[\"']?(PASS|FAIL)\\b", FLAGS);
    private static final Pattern MENTION = Pattern.compile("[\"']SCORE[\"']\\s*+:", FLAGS);

    private LynxScoreParser() {}

    static OutputParsers.Readings readings() {
        return new OutputParsers.Readings(LynxScoreParser::strict, LynxScoreParser::lax);
    }

    private static Judgement strict(String answer) {
        List<String> scores = scores(answer);
        if (scores.size() != 1 || AnswerLines.count(MENTION, answer) != AnswerLines.count(SCORE, answer)) {
            throw new JudgementException(
                    "the judge's answer does not say either \"SCORE\": \"PASS\" or \"SCORE\": \"FAIL\"");
        }
        return judgement(scores.get(0));
    }

    private static Judgement lax(String answer) {
        return scores(answer).stream()
                .findFirst()
                .map(LynxScoreParser::judgement)
                .orElse(new Judgement(false, List.of()));
    }

    /** The scores there are, each once. */
    private static List<String> scores(String answer) {
        return SCORE.matcher(Answers.bounded(answer))
                .results()
                .map(score -> score.group(1).toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static Judgement judgement(String score) {
        return new Judgement(score.equals("PASS"), List.of());
    }
}
