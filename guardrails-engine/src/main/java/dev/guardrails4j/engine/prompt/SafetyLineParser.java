package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nemotron_content_safety_parse_*}: lines such as {@code User Safety: safe}, {@code Response Safety: unsafe} and
 * {@code Safety Categories: Violence, Fraud}, maybe after a closed think block. Read strictly, the line holds nothing but
 * field and verdict, and no field comes twice, whatever its value; the reference overlooks a second value that is neither
 * {@code safe} nor {@code unsafe}.
 */
final class SafetyLineParser implements OutputParser {

    private static final List<String> FIELDS = List.of("User Safety", "Response Safety");
    private static final Pattern CATEGORIES = Pattern.compile(
            "^[^\\S\\n]*Safety Categories\\s*+:\\s*+(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final String field;
    private final boolean isStrict;
    private final Pattern line;
    private final List<Pattern> mentions;

    private SafetyLineParser(String field, boolean isStrict) {
        this.field = field;
        this.isStrict = isStrict;
        this.line = isStrict
                ? AnswerLines.line(field, "safe|unsafe")
                : Pattern.compile(
                        "^[^\\S\\n]*" + field + "\\s*+:\\s*+(safe|unsafe)\\b",
                        Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
        this.mentions = FIELDS.stream()
                .map(name -> isStrict ? AnswerLines.mention(name) : laxMention(name))
                .toList();
    }

    private static Pattern laxMention(String field) {
        return Pattern.compile(field + "\\s*+:\\s*+(?:safe|unsafe)\\b", Pattern.CASE_INSENSITIVE);
    }

    static OutputParsers.Readings readings(String field) {
        return new OutputParsers.Readings(new SafetyLineParser(field, true), new SafetyLineParser(field, false));
    }

    @Override
    public Judgement parse(String answer) {
        String text = Answers.withoutReasoning(Answers.bounded(answer));
        boolean isBroken = isStrict ? Answers.hasBrokenReasoning(text) : text.contains("<think>");
        if (isBroken || mentions.stream().anyMatch(mention -> AnswerLines.count(mention, text) > 1)) {
            throw notUnderstood();
        }
        Matcher verdict = line.matcher(text);
        if (!verdict.find()) {
            throw notUnderstood();
        }
        boolean isSafe = verdict.group(1).toLowerCase(Locale.ROOT).equals("safe");
        return new Judgement(isSafe, isSafe ? List.of() : categories(text));
    }

    private static List<String> categories(String text) {
        Matcher categories = CATEGORIES.matcher(text);
        return categories.find() ? Answers.violations(categories.group(1), ",") : List.of();
    }

    private JudgementException notUnderstood() {
        return new JudgementException("the judge's answer does not have exactly one line '" + field + ": safe' or '"
                + field + ": unsafe' after its reasoning");
    }
}
