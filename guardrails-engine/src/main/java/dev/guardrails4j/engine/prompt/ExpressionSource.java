package dev.guardrails4j.engine.prompt;

import java.util.List;

/**
 * An expression of a template, cut into words and found to use only what there is.
 *
 * @param text as it is written, but for commas that mean nothing
 * @param tokens its words, at least one
 * @param line the line of the template it begins in
 */
record ExpressionSource(String text, List<ExpressionToken> tokens, int line) {

    /** @throws TemplateException if it is not an expression, or uses what there is not */
    static ExpressionSource of(String text, int line) {
        ExpressionSource source = ExpressionLexer.read(text, line);
        if (source.tokens.isEmpty()) {
            throw source.error("an expression is missing");
        }
        new ExpressionCheck(source).check();
        return source;
    }

    /** The word at a place; an operator without text beyond the end. */
    ExpressionToken at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : NOTHING;
    }

    TemplateException error(String problem) {
        return new TemplateException(line, problem);
    }

    private static final ExpressionToken NOTHING = new ExpressionToken(ExpressionToken.Kind.OPERATOR, "");
}
