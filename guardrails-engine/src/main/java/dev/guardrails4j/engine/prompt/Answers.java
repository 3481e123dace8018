package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.JudgementException;
import java.util.Arrays;
import java.util.List;

/** What parsers of answers have in common. */
final class Answers {

    /** The longest answer that is read, in characters; reasoning models talk a lot. */
    static final int MAX_LENGTH = 262_144;

    private static final int MAX_VIOLATIONS = 50;
    private static final String THINK = "<think>";
    private static final String END_THINK = "</think>";

    private Answers() {}

    /** @throws JudgementException if the answer is too long to be read */
    static String bounded(String answer) {
        if (answer.length() > MAX_LENGTH) {
            throw new JudgementException("the judge's answer is longer than " + MAX_LENGTH + " characters");
        }
        return answer;
    }

    /** The answer without its closed think blocks. */
    static String withoutReasoning(String answer) {
        StringBuilder rest = new StringBuilder();
        int position = 0;
        while (true) {
            int start = answer.indexOf(THINK, position);
            int end = start < 0 ? -1 : answer.indexOf(END_THINK, start);
            if (end < 0) {
                return rest.append(answer, position, answer.length()).toString().strip();
            }
            rest.append(answer, position, start);
            position = end + END_THINK.length();
        }
    }

    /** Whether a think block was left open, or is closed without having been opened. */
    static boolean hasBrokenReasoning(String withoutReasoning) {
        return withoutReasoning.contains(THINK) || withoutReasoning.contains(END_THINK);
    }

    /** The parts of a list, without blank ones and not without limit. */
    static List<String> violations(String list, String separator) {
        return Arrays.stream(list.split(separator))
                .map(String::strip)
                .filter(violation -> !violation.isEmpty())
                .limit(MAX_VIOLATIONS)
                .toList();
    }
}
