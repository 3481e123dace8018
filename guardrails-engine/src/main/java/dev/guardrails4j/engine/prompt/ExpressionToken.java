package dev.guardrails4j.engine.prompt;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text the name, the digits, the operator, or the string without quotes and escapes
 */
record ExpressionToken(Kind kind, String text) {

    /** What a word of an expression is. */
    enum Kind {
        NAME,
        STRING,
        INTEGER,
        DECIMAL,
        OPERATOR
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }
}
