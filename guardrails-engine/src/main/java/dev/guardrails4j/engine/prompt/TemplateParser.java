package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.prompt.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the structure of a template. What is not known here is refused, whatever renders the template: tags that reach
 * for other templates ({@code include}, {@code import}, {@code extends}) or define code ({@code macro}) among them.
 */
final class TemplateParser {

    private static final int MAX_DEPTH = 30;
    private static final String NAME = "[A-Za-z][A-Za-z0-9_]*|_[A-Za-z0-9][A-Za-z0-9_]*";
    private static final Pattern LOOP =
            Pattern.compile("((?:" + NAME + ")(?:\\s*,\\s*(?:" + NAME + "))*)\\s+in\\b(.*)", Pattern.DOTALL);
    private static final Pattern ASSIGNMENT =
            Pattern.compile("((?:" + NAME + ")(?:\\.(?:" + NAME + "))?)\\s*=(?!=)(.*)", Pattern.DOTALL);
    private static final Pattern SINGLE_NAME = Pattern.compile(NAME);
    private static final Set<String> INNER_TAGS = Set.of("elif", "else", "endif", "endfor", "endset", "endraw");

    private final List<TemplateToken> tokens;
    private int position;
    private int depth;

    private TemplateParser(List<TemplateToken> tokens) {
        this.tokens = tokens;
    }

    /** @throws TemplateException if the template is not one, or uses what there is not */
    static List<TemplateNode> parse(String template) {
        TemplateParser parser = new TemplateParser(TemplateLexer.tokens(template));
        List<TemplateNode> nodes = parser.nodes();
        if (parser.position < parser.tokens.size()) {
            TemplateToken token = parser.tokens.get(parser.position);
            throw error(token, "unexpected {% " + Tag.of(token).name() + " %}: nothing that it belongs to is open");
        }
        return nodes;
    }

    /** Everything up to a tag that belongs to an enclosing one, or to the end. */
    private List<TemplateNode> nodes() {
        List<TemplateNode> nodes = new ArrayList<>();
        while (position < tokens.size()) {
            TemplateToken token = tokens.get(position);
            if (token.kind() == Kind.TAG && INNER_TAGS.contains(Tag.of(token).name())) {
                break;
            }
            position++;
            nodes.add(node(token));
        }
        return List.copyOf(nodes);
    }

    private TemplateNode node(TemplateToken token) {
        if (token.kind() == Kind.TEXT) {
            return new TemplateNode.Text(token.text());
        }
        if (token.kind() == Kind.OUTPUT) {
            return new TemplateNode.Output(ExpressionSource.of(token.text(), token.line()));
        }
        if (++depth > MAX_DEPTH) {
            throw error(token, "blocks are nested more than " + MAX_DEPTH + " deep");
        }
        Tag tag = Tag.of(token);
        TemplateNode node = switch (tag.name()) {
            case "if" -> conditional(token, tag);
            case "for" -> loop(token, tag);
            case "set" -> assignment(token, tag);
            default ->
                throw error(
                        token, "unknown or unavailable tag '" + tag.name() + "'; available are if, for, set and raw");
        };
        depth--;
        return node;
    }

    private TemplateNode conditional(TemplateToken start, Tag first) {
        List<TemplateNode.Branch> branches = new ArrayList<>();
        branches.add(new TemplateNode.Branch(first.expression(start), nodes()));
        while (true) {
            TemplateToken token = next(start, "endif");
            Tag tag = Tag.of(token);
            switch (tag.name()) {
                case "elif" -> branches.add(new TemplateNode.Branch(tag.expression(token), nodes()));
                case "else" -> {
                    List<TemplateNode> otherwise = nodes();
                    expect(start, "endif");
                    return new TemplateNode.Conditional(List.copyOf(branches), otherwise);
                }
                case "endif" -> {
                    return new TemplateNode.Conditional(List.copyOf(branches), List.of());
                }
                default -> throw error(token, "{% " + tag.name() + " %} where {% endif %} is due");
            }
        }
    }

    private TemplateNode loop(TemplateToken start, Tag tag) {
        Matcher loop = LOOP.matcher(tag.rest());
        if (!loop.matches()) {
            throw error(start, "{% for %} is written {% for item in list %}");
        }
        ExpressionSource list = ExpressionSource.of(loop.group(2).strip(), start.line());
        if (list.tokens().stream().anyMatch(token -> token.isName("if") || token.isName("recursive"))) {
            throw error(start, "a condition in {% for %} is not available; put an {% if %} into the loop");
        }
        List<TemplateNode> body = nodes();
        TemplateToken end = next(start, "endfor");
        if (Tag.of(end).name().equals("else")) {
            throw error(end, "{% else %} of a {% for %} is not available; test the list with {% if %}");
        }
        position--;
        expect(start, "endfor");
        return new TemplateNode.Loop(List.of(loop.group(1).split("\\s*,\\s*")), list, body);
    }

    private TemplateNode assignment(TemplateToken start, Tag tag) {
        Matcher assignment = ASSIGNMENT.matcher(tag.rest());
        if (assignment.matches()) {
            ExpressionSource value = ExpressionSource.of(assignment.group(2).strip(), start.line());
            return new TemplateNode.Assignment(assignment.group(1), value);
        }
        if (!SINGLE_NAME.matcher(tag.rest()).matches()) {
            throw error(start, "{% set %} is written {% set name = value %}, or {% set name %} ... {% endset %}");
        }
        List<TemplateNode> body = nodes();
        expect(start, "endset");
        return new TemplateNode.BlockAssignment(tag.rest(), body, start.line());
    }

    private TemplateToken next(TemplateToken start, String end) {
        if (position == tokens.size()) {
            throw error(start, "{% " + Tag.of(start).name() + " %} is not closed; end it with {% " + end + " %}");
        }
        TemplateToken token = tokens.get(position++);
        Tag tag = Tag.of(token);
        if (!tag.name().equals("elif") && !tag.rest().isEmpty()) {
            throw error(
                    token,
                    "unexpected '" + tag.rest() + "' after '" + tag.name() + "'"
                            + (tag.rest().startsWith("if") ? "; write {% elif %}" : ""));
        }
        return token;
    }

    private void expect(TemplateToken start, String end) {
        TemplateToken token = next(start, end);
        if (!Tag.of(token).name().equals(end)) {
            throw error(token, "{% " + Tag.of(token).name() + " %} where {% " + end + " %} is due");
        }
    }

    private static TemplateException error(TemplateToken token, String problem) {
        return new TemplateException(token.line(), problem);
    }

    /** A tag's first word, and what follows it. */
    private record Tag(String name, String rest) {

        static Tag of(TemplateToken token) {
            String text = token.text();
            int end = 0;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            return new Tag(text.substring(0, end), text.substring(end).strip());
        }

        ExpressionSource expression(TemplateToken token) {
            return ExpressionSource.of(rest, token.line());
        }
    }
}
