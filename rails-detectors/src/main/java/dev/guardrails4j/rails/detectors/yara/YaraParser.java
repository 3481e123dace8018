package dev.guardrails4j.rails.detectors.yara;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.guardrails4j.rails.detectors.pattern.PatternTranslation;
import dev.guardrails4j.rails.detectors.pattern.UnusablePatternException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads rules. What it does not know is an error, never passed over. For one thread. */
final class YaraParser {

    private static final int MOST_STRINGS = 2_000;
    private static final int MOST_DEPTH = 50;

    private final YaraLexer lexer;
    private final List<YaraString> strings;
    private final List<YaraRule> rules;
    private YaraToken token;
    private final Map<String, Integer> own = new LinkedHashMap<>();
    private int depth;

    private YaraParser(String source, List<YaraString> strings, List<YaraRule> rules) throws YaraException {
        this.lexer = new YaraLexer(source);
        this.strings = strings;
        this.rules = rules;
        this.token = lexer.next();
    }

    /** Adds the rules of a source to those there are. */
    static void read(String source, List<YaraString> strings, List<YaraRule> rules) throws YaraException {
        YaraParser parser = new YaraParser(source, strings, rules);
        while (parser.token.kind() != YaraToken.Kind.END) {
            parser.rule();
        }
    }

    private void rule() throws YaraException {
        boolean isPrivate = false;
        boolean isGlobal = false;
        while (token.is("private") || token.is("global")) {
            isPrivate |= token.is("private");
            isGlobal |= token.is("global");
            advance();
        }
        expect("rule");
        String name = name();
        if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
            throw broken("there are two rules '%s'".formatted(name));
        }
        if (skip(":")) {
            while (token.kind() == YaraToken.Kind.NAME) {
                advance();
            }
        }
        expect("{");
        own.clear();
        int firstString = strings.size();
        if (skip("meta")) {
            expect(":");
            skipMeta();
        }
        if (skip("strings")) {
            expect(":");
            while (token.kind() == YaraToken.Kind.STRING_NAME) {
                string();
            }
        }
        expect("condition");
        expect(":");
        YaraCondition condition = or();
        expect("}");
        rules.add(new YaraRule(name, isPrivate, isGlobal, firstString, strings.size(), condition));
    }

    private void skipMeta() throws YaraException {
        while (token.kind() == YaraToken.Kind.NAME && !token.is("strings") && !token.is("condition")) {
            advance();
            expect("=");
            skip("-");
            advance();
        }
    }

    private void string() throws YaraException {
        String id = token.text();
        int line = token.line();
        if (strings.size() == MOST_STRINGS) {
            throw broken("there are more than %d strings".formatted(MOST_STRINGS));
        }
        if (id.startsWith("#") || id.endsWith("*") || (id.length() > 1 && own.containsKey(id))) {
            throw broken("'%s' is not a new name for a string".formatted(id));
        }
        advance();
        if (!token.is("=")) {
            throw broken("expected '=', not " + token);
        }
        YaraToken literal = lexer.next();
        String body = body(literal);
        token = lexer.next();
        Set<String> modifiers = modifiers();
        own.put(id.length() > 1 ? id : id + strings.size(), strings.size());
        strings.add(compiled(body, literal.kind(), modifiers, line));
    }

    /** The text, or the regular expression. A brace begins a hex string, which is read in a way of its own. */
    private String body(YaraToken literal) throws YaraException {
        if (literal.is("{")) {
            return HexString.regex(lexer.hexBody(), literal.line());
        }
        if (literal.kind() == YaraToken.Kind.TEXT && !literal.text().isEmpty()) {
            return literal.text();
        }
        if (literal.kind() == YaraToken.Kind.REGEX) {
            return flagged(literal);
        }
        throw new YaraException(
                literal.line(), "expected a text, a regular expression or a hex string, not " + literal);
    }

    private static String flagged(YaraToken regex) throws YaraException {
        if (!regex.flags().matches("[is]*")) {
            throw new YaraException(regex.line(), "unknown flags '%s'; known are i and s".formatted(regex.flags()));
        }
        return regex.flags().isEmpty() ? regex.text() : "(?" + regex.flags() + ":" + regex.text() + ")";
    }

    private Set<String> modifiers() throws YaraException {
        Set<String> modifiers = new HashSet<>();
        while (Set.of("nocase", "wide", "ascii", "fullword", "private").contains(token.text())
                && token.kind() == YaraToken.Kind.NAME) {
            modifiers.add(token.text());
            advance();
        }
        if (token.is("xor") || token.is("base64") || token.is("base64wide")) {
            throw broken(
                    "the modifier %s is not supported; nocase, wide, ascii, fullword and private are".formatted(token));
        }
        return modifiers;
    }

    private YaraString compiled(String body, YaraToken.Kind kind, Set<String> modifiers, int line)
            throws YaraException {
        boolean wide = modifiers.contains("wide");
        if (wide && kind != YaraToken.Kind.TEXT) {
            throw new YaraException(line, "wide is supported for texts only");
        }
        String regex = kind == YaraToken.Kind.TEXT ? quoted(body, wide, modifiers.contains("ascii") || !wide) : body;
        String shown = modifiers.contains("nocase") ? "(?i)" + regex : regex;
        try {
            // For its limits only: the translation is for texts, and this is for bytes.
            PatternTranslation.translate(regex);
            return new YaraString(Pattern.compile(shown), modifiers.contains("fullword"));
        } catch (PatternSyntaxException | UnusablePatternException e) {
            throw new YaraException(line, "an unusable regular expression: " + e.getMessage());
        }
    }

    private static String quoted(String text, boolean wide, boolean ascii) {
        StringBuilder regex = new StringBuilder();
        if (ascii) {
            regex.append(quoted(text));
        }
        if (wide) {
            StringBuilder padded = new StringBuilder();
            text.chars().forEach(c -> padded.append((char) c).append('\0'));
            regex.append(ascii ? "|" : "").append(quoted(padded.toString()));
        }
        return regex.toString();
    }

    private static String quoted(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c < 0x80 && Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\x%02x".formatted((int) c));
        }
        return regex.toString();
    }

    private YaraCondition or() throws YaraException {
        if (++depth > MOST_DEPTH) {
            throw broken("the condition is nested deeper than " + MOST_DEPTH);
        }
        List<YaraCondition> any = new ArrayList<>(List.of(and()));
        while (skip("or")) {
            any.add(and());
        }
        depth--;
        return any.size() == 1 ? any.get(0) : new YaraCondition.Or(any);
    }

    private YaraCondition and() throws YaraException {
        List<YaraCondition> all = new ArrayList<>(List.of(term()));
        while (skip("and")) {
            all.add(term());
        }
        return all.size() == 1 ? all.get(0) : new YaraCondition.And(all);
    }

    private YaraCondition term() throws YaraException {
        if (skip("not")) {
            if (++depth > MOST_DEPTH) {
                throw broken("the condition is nested deeper than " + MOST_DEPTH);
            }
            YaraCondition negated = new YaraCondition.Not(term());
            depth--;
            return negated;
        }
        if (skip("(")) {
            YaraCondition inner = or();
            expect(")");
            return inner;
        }
        if (skip("true")) {
            return new YaraCondition.Literal(true);
        }
        if (skip("false")) {
            return new YaraCondition.Literal(false);
        }
        if (token.kind() == YaraToken.Kind.STRING_NAME) {
            return token.text().startsWith("#") ? counted() : found();
        }
        if (token.kind() == YaraToken.Kind.NUMBER || token.is("any") || token.is("all") || token.is("none")) {
            return of();
        }
        if (token.kind() == YaraToken.Kind.NAME) {
            return ruleMatches();
        }
        throw broken("expected a condition, not " + token);
    }

    private YaraCondition found() throws YaraException {
        int string = known(token.text());
        advance();
        return skip("at") ? new YaraCondition.FoundAt(string, number()) : new YaraCondition.Found(string);
    }

    private YaraCondition counted() throws YaraException {
        int string = known("$" + token.text().substring(1));
        advance();
        String comparison = token.text();
        if (!Set.of("<", "<=", ">", ">=", "==", "!=").contains(comparison)) {
            throw broken("expected a comparison, not " + token);
        }
        advance();
        return new YaraCondition.Counted(string, comparison, number());
    }

    private YaraCondition of() throws YaraException {
        YaraToken quantity = token;
        advance();
        expect("of");
        List<Integer> set = set();
        if (quantity.is("none")) {
            return new YaraCondition.NoneOf(set);
        }
        int least = quantity.is("any") ? 1 : quantity.is("all") ? set.size() : Integer.parseInt(quantity.text());
        return new YaraCondition.Of(least, set);
    }

    private List<Integer> set() throws YaraException {
        if (skip("them")) {
            return List.copyOf(own.values());
        }
        expect("(");
        List<Integer> set = new ArrayList<>();
        do {
            String id = token.text();
            if (token.kind() != YaraToken.Kind.STRING_NAME || id.startsWith("#")) {
                throw broken("expected the name of a string, not " + token);
            }
            if (id.endsWith("*")) {
                String start = id.substring(0, id.length() - 1);
                int before = set.size();
                own.forEach((name, string) -> {
                    if (name.startsWith(start)) {
                        set.add(string);
                    }
                });
                if (set.size() == before) {
                    throw broken("no string begins with '%s'".formatted(start));
                }
            } else {
                set.add(known(id));
            }
            advance();
        } while (skip(","));
        expect(")");
        return set;
    }

    private YaraCondition ruleMatches() throws YaraException {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).name().equals(token.text())) {
                advance();
                return new YaraCondition.RuleMatches(i);
            }
        }
        throw broken("%s is no earlier rule, and not supported in conditions".formatted(token));
    }

    private int known(String id) throws YaraException {
        Integer string = own.get(id);
        if (string == null) {
            throw broken("there is no string '%s'".formatted(id));
        }
        return string;
    }

    private int number() throws YaraException {
        if (token.kind() != YaraToken.Kind.NUMBER) {
            throw broken("expected a number, not " + token);
        }
        int number = Integer.parseInt(token.text());
        advance();
        return number;
    }

    private String name() throws YaraException {
        if (token.kind() != YaraToken.Kind.NAME) {
            throw broken("expected the name of a rule, not " + token);
        }
        String name = token.text();
        advance();
        return name;
    }

    private boolean skip(String sign) throws YaraException {
        if (token.is(sign)) {
            advance();
            return true;
        }
        return false;
    }

    private void expect(String sign) throws YaraException {
        if (!skip(sign)) {
            throw broken("expected '%s', not %s".formatted(sign, token));
        }
    }

    private void advance() throws YaraException {
        token = lexer.next();
    }

    private YaraException broken(String problem) {
        return new YaraException(token.line(), problem);
    }
}
