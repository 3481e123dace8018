package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.prompt.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into pieces as Jinja2 does with its default settings: a single line break at the end is dropped, {@code
 * -} beside a delimiter takes the white space on that side, line breaks after blocks stay. Used once a template.
 */
final class TemplateLexer {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");

    private final String source;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private boolean isNextTextStripped;

    private TemplateLexer(String source) {
        this.source = source;
    }

    /**
     * @return the pieces in order; no empty text
     * @throws TemplateException if a delimiter is not closed
     */
    static List<TemplateToken> tokens(String template) {
        String source = LINE_BREAK.matcher(template).replaceAll("\n");
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        TemplateLexer lexer = new TemplateLexer(source);
        while (lexer.position < source.length()) {
            lexer.readNext();
        }
        return List.copyOf(lexer.tokens);
    }

    private void readNext() {
        int opening = findOpening();
        if (opening < 0) {
            addText(source.substring(position), false);
            moveTo(source.length());
            return;
        }
        boolean isTextBeforeStripped = markAt(opening + 2) == '-';
        addText(source.substring(position, opening), isTextBeforeStripped);
        moveTo(opening);
        int content = opening + 2 + (isMark(markAt(opening + 2)) ? 1 : 0);
        switch (source.charAt(opening + 1)) {
            case '#' -> skipComment(content);
            case '{' -> readExpression(Kind.OUTPUT, content, "}}");
            default -> readExpression(Kind.TAG, content, "%}");
        }
    }

    private int findOpening() {
        for (int i = source.indexOf('{', position); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    private void skipComment(int content) {
        int end = source.indexOf("#}", content);
        if (end < 0) {
            throw new TemplateException(line, "the comment '{#' is not closed; end it with '#}'");
        }
        isNextTextStripped = end > content && source.charAt(end - 1) == '-';
        moveTo(end + 2);
    }

    private void readExpression(Kind kind, int content, String closing) {
        int end = findClosing(content, closing);
        int last = end;
        isNextTextStripped = false;
        if (end > content && isMark(source.charAt(end - 1)) && (kind == Kind.TAG || source.charAt(end - 1) == '-')) {
            last = end - 1;
            isNextTextStripped = source.charAt(last) == '-';
        }
        String text = source.substring(content, last).strip();
        int start = line;
        moveTo(end + 2);
        if (kind == Kind.TAG && text.equals("raw")) {
            readRaw(start);
        } else {
            tokens.add(new TemplateToken(kind, text, start));
        }
    }

    /** The closing delimiter, which does not count within strings and brackets. */
    private int findClosing(int content, String closing) {
        int depth = 0;
        char quote = 0;
        for (int i = content; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (depth == 0 && source.startsWith(closing, i)) {
                return i;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
        String opening = closing.equals("}}") ? "{{" : "{%";
        throw new TemplateException(
                line,
                "'" + opening + "' is not closed; end it with '" + closing + "', and close every quote and bracket");
    }

    private void readRaw(int start) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(position)) {
            throw new TemplateException(start, "{% raw %} is not closed; end it with {% endraw %}");
        }
        addText(source.substring(position, end.start()), "-".equals(end.group(1)));
        isNextTextStripped = "-".equals(end.group(2));
        moveTo(end.end());
    }

    private void addText(String text, boolean isEndStripped) {
        String stripped = isNextTextStripped ? text.stripLeading() : text;
        stripped = isEndStripped ? stripped.stripTrailing() : stripped;
        isNextTextStripped = false;
        if (!stripped.isEmpty()) {
            tokens.add(new TemplateToken(Kind.TEXT, stripped, line));
        }
    }

    private char markAt(int index) {
        return index < source.length() ? source.charAt(index) : ' ';
    }

    private static boolean isMark(char c) {
        return c == '-' || c == '+';
    }

    private void moveTo(int index) {
        for (int i = position; i < index; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        position = index;
    }
}
