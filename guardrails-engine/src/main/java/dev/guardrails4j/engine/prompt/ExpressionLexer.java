package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.prompt.ExpressionToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts an expression into words, and sees that its brackets are in pairs. Used once an expression. */
final class ExpressionLexer {

    /** The most words of an expression; what parses it may need a stack as deep. */
    private static final int MAX_WORDS = 1_000;

    private static final int MAX_DEPTH = 50;
    private static final List<String> LONG_OPERATORS = List.of("==", "!=", "<=", ">=", "//", "**");
    private static final String SHORT_OPERATORS = "=<>+-*/%~|.,:()[]{}";

    private final String source;
    private final int line;
    /** The source, with a blank for each comma that is left out. */
    private final StringBuilder text;

    private final List<ExpressionToken> tokens = new ArrayList<>();
    private final Deque<Character> brackets = new ArrayDeque<>();
    private int position;
    private int lastComma;

    private ExpressionLexer(String source, int line) {
        this.source = source;
        this.line = line;
        this.text = new StringBuilder(source);
    }

    /**
     * Reads an expression. A comma that nothing follows before its bracket closes is left out: Jinja2 takes it, Jinjava does
     * not.
     *
     * @throws TemplateException if it is not an expression
     */
    static ExpressionSource read(String source, int line) {
        ExpressionLexer lexer = new ExpressionLexer(source, line);
        while (lexer.position < source.length()) {
            lexer.readNext();
        }
        if (!lexer.brackets.isEmpty()) {
            throw lexer.error("'" + lexer.brackets.peek() + "' is not closed");
        }
        return new ExpressionSource(lexer.text.toString(), List.copyOf(lexer.tokens), line);
    }

    private void readNext() {
        char c = source.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (c == '\'' || c == '"') {
            readString(c);
        } else if (isDigit(c)) {
            readNumber();
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            add(Kind.NAME, readWhile(ExpressionLexer::isNamePart));
        } else {
            readOperator();
        }
        if (tokens.size() > MAX_WORDS) {
            throw error("the expression has more than " + MAX_WORDS + " words; make it simpler");
        }
    }

    private void readString(char quote) {
        StringBuilder text = new StringBuilder();
        for (int i = position + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == quote) {
                position = i + 1;
                add(Kind.STRING, text.toString());
                return;
            }
            if (c == '\\' && i + 1 < source.length()) {
                i++;
                text.append(unescaped(source.charAt(i)));
            } else {
                text.append(c);
            }
        }
        throw error("a string is not closed");
    }

    private char unescaped(char c) {
        return switch (c) {
            case '\\', '\'', '"' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> throw error("unknown escape '\\" + c + "' in a string; known are \\\\ \\' \\\" \\n \\t \\r");
        };
    }

    private void readNumber() {
        String digits = readWhile(ExpressionLexer::isDigit);
        boolean isDecimal = position + 1 < source.length()
                && source.charAt(position) == '.'
                && isDigit(source.charAt(position + 1));
        if (isDecimal) {
            position++;
            add(Kind.DECIMAL, digits + "." + readWhile(ExpressionLexer::isDigit));
        } else if (digits.length() > 18) {
            throw error("a number has more than 18 digits");
        } else {
            add(Kind.INTEGER, digits);
        }
    }

    private void readOperator() {
        for (String operator : LONG_OPERATORS) {
            if (source.startsWith(operator, position)) {
                position += operator.length();
                add(Kind.OPERATOR, operator);
                return;
            }
        }
        char c = source.charAt(position);
        if (SHORT_OPERATORS.indexOf(c) < 0) {
            throw error("unexpected '" + c + "'");
        }
        if (c == ',') {
            lastComma = position;
        }
        position++;
        trackBracket(c);
        add(Kind.OPERATOR, String.valueOf(c));
    }

    private void trackBracket(char c) {
        switch (c) {
            case '(', '[', '{' -> {
                brackets.push(c);
                if (brackets.size() > MAX_DEPTH) {
                    throw error("brackets are nested more than " + MAX_DEPTH + " deep");
                }
            }
            case ')' -> closeBracket('(', c);
            case ']' -> closeBracket('[', c);
            case '}' -> closeBracket('{', c);
            default -> {
                // Not a bracket.
            }
        }
    }

    private void closeBracket(char opening, char closing) {
        if (brackets.isEmpty() || brackets.pop() != opening) {
            throw error("unexpected '" + closing + "'");
        }
        int last = tokens.size() - 1;
        if (last > 0 && tokens.get(last).isOperator(",") && endsValue(tokens.get(last - 1))) {
            tokens.remove(last);
            text.setCharAt(lastComma, ' ');
        }
    }

    private static boolean endsValue(ExpressionToken token) {
        return token.kind() != Kind.OPERATOR || ")]}".contains(token.text());
    }

    private String readWhile(CharacterTest test) {
        int start = position;
        while (position < source.length() && test.test(source.charAt(position))) {
            position++;
        }
        return source.substring(start, position);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return Character.isJavaIdentifierPart(c) && c != '$' && !Character.isIdentifierIgnorable(c);
    }

    private void add(Kind kind, String text) {
        tokens.add(new ExpressionToken(kind, text));
    }

    private TemplateException error(String problem) {
        return new TemplateException(line, problem);
    }

    @FunctionalInterface
    private interface CharacterTest {
        boolean test(char c);
    }
}
