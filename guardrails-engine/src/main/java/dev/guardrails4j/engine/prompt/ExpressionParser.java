package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.prompt.ExpressionToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the expressions that nearly all prompts are made of: variables, attributes and items, filters with literal
 * arguments, {@code is} tests, {@code ==}, {@code !=}, {@code not}, {@code and}, {@code or}, brackets and literals. The
 * rest of Jinja's expressions is left to others.
 */
final class ExpressionParser {

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "is", "if", "else");

    private final ExpressionSource source;
    private int position;

    private ExpressionParser(ExpressionSource source) {
        this.source = source;
    }

    /** The expression compiled; empty if it needs more than is done here, or is wrong. */
    static Optional<Expression> compile(ExpressionSource source) {
        ExpressionParser parser = new ExpressionParser(source);
        Optional<Expression> expression = parser.or();
        return parser.position == source.tokens().size() ? expression : Optional.empty();
    }

    private Optional<Expression> or() {
        Optional<Expression> left = and();
        while (left.isPresent() && takesName("or")) {
            Expression first = left.get();
            left = and().map(second -> variables -> {
                Object value = first.evaluate(variables);
                return Values.isTrue(value) ? value : second.evaluate(variables);
            });
        }
        return left;
    }

    private Optional<Expression> and() {
        Optional<Expression> left = not();
        while (left.isPresent() && takesName("and")) {
            Expression first = left.get();
            left = not().map(second -> variables -> {
                Object value = first.evaluate(variables);
                return Values.isTrue(value) ? second.evaluate(variables) : value;
            });
        }
        return left;
    }

    private Optional<Expression> not() {
        if (!takesName("not")) {
            return comparison();
        }
        return not().map(operand -> variables -> !Values.isTrue(operand.evaluate(variables)));
    }

    private Optional<Expression> comparison() {
        Optional<Expression> left = value();
        boolean isEqual = left.isPresent() && takesOperator("==");
        if (left.isEmpty() || (!isEqual && !takesOperator("!="))) {
            return left;
        }
        Expression first = left.get();
        return value().map(second ->
                variables -> Values.areEqual(first.evaluate(variables), second.evaluate(variables)) == isEqual);
    }

    private Optional<Expression> value() {
        Optional<Expression> value = primary();
        while (value.isPresent()) {
            if (takesOperator(".")) {
                value = access(value.get(), next().text());
            } else if (takesOperator("[")) {
                Optional<Object> key = literal();
                value = key.isPresent() && takesOperator("]") ? access(value.get(), key.get()) : Optional.empty();
            } else {
                break;
            }
        }
        while (value.isPresent()) {
            if (takesOperator("|")) {
                value = filter(value.get());
            } else if (takesName("is")) {
                value = test(value.get());
            } else {
                break;
            }
        }
        return value;
    }

    private static Optional<Expression> access(Expression base, Object key) {
        return Optional.of(variables -> Values.access(base.evaluate(variables), key));
    }

    private Optional<Expression> primary() {
        ExpressionToken token = source.at(position);
        if (takesOperator("(")) {
            Optional<Expression> inner = or();
            return takesOperator(")") ? inner : Optional.empty();
        }
        if (isConstantName(token.text()) && token.isName()) {
            position++;
            Object constant = constant(token.text());
            return Optional.of(variables -> constant);
        }
        if (token.isName() && !KEYWORDS.contains(token.text())) {
            position++;
            String name = token.text();
            return Optional.of(variables -> variables.get(name));
        }
        Optional<Object> literal = literal();
        return literal.map(value -> variables -> value);
    }

    /** A string or a number. */
    private Optional<Object> literal() {
        boolean isNegative = source.at(position + 1).kind() == Kind.INTEGER && takesOperator("-");
        ExpressionToken token = next();
        return switch (token.kind()) {
            case STRING -> Optional.of(token.text());
            case INTEGER -> Optional.of(Long.parseLong(token.text()) * (isNegative ? -1 : 1));
            case DECIMAL -> Optional.of(Double.parseDouble(token.text()));
            default -> Optional.empty();
        };
    }

    private static boolean isConstantName(String name) {
        return switch (name) {
            case "true", "True", "false", "False", "none", "None" -> true;
            default -> false;
        };
    }

    private static @Nullable Object constant(String name) {
        return switch (name) {
            case "true", "True" -> true;
            case "false", "False" -> false;
            default -> null;
        };
    }

    private Optional<Expression> filter(Expression value) {
        Optional<Filter> filter = Filters.find(next().text());
        if (filter.isEmpty()) {
            return Optional.empty();
        }
        Filter.Body body = filter.get().body();
        return arguments(filter.get()).map(arguments -> variables -> body.apply(value.evaluate(variables), arguments));
    }

    private Optional<FilterArguments> arguments(Filter filter) {
        List<@Nullable Object> positional = new ArrayList<>();
        Map<String, @Nullable Object> keywords = new HashMap<>();
        if (!takesOperator("(")) {
            return Optional.of(FilterArguments.of(filter, positional, keywords));
        }
        while (!takesOperator(")")) {
            boolean isNamed =
                    source.at(position).isName() && source.at(position + 1).isOperator("=");
            String keyword = isNamed ? next().text() : "";
            position += keyword.isEmpty() ? 0 : 1;
            ExpressionToken token = source.at(position);
            @Nullable Object value;
            if (token.isName() && isConstantName(token.text())) {
                position++;
                value = constant(token.text());
            } else {
                Optional<Object> literal = literal();
                if (literal.isEmpty()) {
                    return Optional.empty();
                }
                value = literal.get();
            }
            if (keyword.isEmpty()) {
                positional.add(value);
            } else {
                keywords.put(keyword, value);
            }
            if (!takesOperator(",") && !source.at(position).isOperator(")")) {
                return Optional.empty();
            }
        }
        return Optional.of(FilterArguments.of(filter, positional, keywords));
    }

    private Optional<Expression> test(Expression value) {
        boolean isExpected = !takesName("not");
        String name = next().text();
        return Optional.of(variables -> ValueTests.test(name, value.evaluate(variables)) == isExpected);
    }

    private boolean takesName(String name) {
        return takes(source.at(position).isName(name));
    }

    private boolean takesOperator(String operator) {
        return takes(source.at(position).isOperator(operator));
    }

    private boolean takes(boolean isThere) {
        position += isThere ? 1 : 0;
        return isThere;
    }

    private ExpressionToken next() {
        return source.at(position++);
    }
}
