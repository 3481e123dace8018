package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nemotron_reasoning_parse_*}: lines such as {@code Prompt harm: unharmful}, maybe after a closed think block. Read
 * strictly, there is exactly one such line; the reference takes the first mention, also from a think block that was left
 * open, and what has none for harmful.
 */
final class HarmLineParser implements OutputParser {

    private static final String UNHARMFUL = "unharmful";

    private final String field;
    private final Pattern line;
    private final Pattern mention;

    private HarmLineParser(String field) {
        this.field = field;
        this.line = AnswerLines.line(field, "harmful|unharmful");
        this.mention = AnswerLines.mention(field);
    }

    static OutputParsers.Readings readings(String field) {
        Pattern anywhere = Pattern.compile(field + "\\s*+:\\s*+(\\w+)", Pattern.CASE_INSENSITIVE);
        return new OutputParsers.Readings(new HarmLineParser(field), answer -> lax(anywhere, answer));
    }

    @Override
    public Judgement parse(String answer) {
        String text = Answers.withoutReasoning(Answers.bounded(answer));
        Matcher verdict = line.matcher(text);
        if (Answers.hasBrokenReasoning(text) || AnswerLines.count(mention, text) != 1 || !verdict.find()) {
            throw new JudgementException("the judge's answer does not have exactly one line '" + field
                    + ": harmful' or '" + field + ": unharmful' after its reasoning");
        }
        return judgement(verdict);
    }

    private static Judgement lax(Pattern anywhere, String answer) {
        Matcher verdict = anywhere.matcher(Answers.withoutReasoning(Answers.bounded(answer)));
        return verdict.find() ? judgement(verdict) : new Judgement(false, List.of());
    }

    private static Judgement judgement(Matcher verdict) {
        return new Judgement(verdict.group(1).toLowerCase(Locale.ROOT).equals(UNHARMFUL), List.of());
    }
}
