package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code parse_tool_safety_verdict}: {@code unsafe} with reasons, separated by semicolons, or {@code safe} and nothing else.
 * The reference's rule is strict already.
 */
final class ToolVerdictParser implements OutputParser {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
    private static final Pattern UNSAFE = Pattern.compile("\\W*+unsafe\\b[^\\w\\s]*+\\s*+", FLAGS);
    private static final Pattern SAFE = Pattern.compile("\\W*+safe\\W*+", FLAGS);

    @Override
    public Judgement parse(String answer) {
        String text = Answers.bounded(answer).strip();
        Matcher unsafe = UNSAFE.matcher(text);
        if (unsafe.lookingAt()) {
            return new Judgement(false, Answers.violations(text.substring(unsafe.end()), ";"));
        }
        if (SAFE.matcher(text).matches()) {
            return new Judgement(true, List.of());
        }
        throw new JudgementException("the judge's answer is neither 'safe' alone nor 'unsafe' with its reasons");
    }
}
