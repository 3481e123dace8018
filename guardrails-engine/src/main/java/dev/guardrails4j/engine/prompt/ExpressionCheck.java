package dev.guardrails4j.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds, when a template is compiled, what an expression uses that there is not: filters, tests, functions, methods. This
 * is also the sandbox's first wall: what can be called is listed here, everything else is refused whatever renders the
 * template.
 */
final class ExpressionCheck {

    /** The functions that a template may call. */
    static final Set<String> FUNCTIONS = Set.of("range", "namespace");

    /** The methods of maps that a template may call. */
    static final Set<String> METHODS = Set.of("items", "keys", "values", "get");

    private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "is", "if", "else");

    private final ExpressionSource source;

    ExpressionCheck(ExpressionSource source) {
        this.source = source;
    }

    /** @throws TemplateException if the expression uses what there is not */
    void check() {
        for (int i = 0; i < source.tokens().size(); i++) {
            ExpressionToken token = source.at(i);
            if (token.isOperator("|")) {
                checkFilter(i + 1);
            } else if (token.isName("is")) {
                checkTest(source.at(i + 1).isName("not") ? i + 2 : i + 1);
            } else if (token.isOperator(".")) {
                checkAttribute(i + 1);
            } else if (token.isOperator("(")) {
                checkCall(i);
            } else if (token.isName() && token.text().startsWith("__")) {
                throw source.error("'" + token.text() + "' is not available in templates");
            }
        }
    }

    private void checkFilter(int index) {
        ExpressionToken name = source.at(index);
        if (!name.isName()) {
            throw source.error("'|' is to be followed by the name of a filter");
        }
        Filter filter = Filters.find(name.text()).orElseThrow(() -> source.error(Filters.unknown(name.text())));
        List<String> keywords = new ArrayList<>();
        int positional = countArguments(index + 1, keywords);
        Optional<String> problem = filter.problemWith(positional, keywords);
        if (problem.isPresent()) {
            throw source.error(problem.get());
        }
    }

    /** Counts the arguments in brackets that begin at a place; names those that have a name. */
    private int countArguments(int open, List<String> keywords) {
        if (!source.at(open).isOperator("(")) {
            return 0;
        }
        int positional = 0;
        int depth = 1;
        boolean isStart = true;
        for (int i = open + 1; depth > 0; i++) {
            ExpressionToken token = source.at(i);
            depth += token.isOperator("(") || token.isOperator("[") || token.isOperator("{") ? 1 : 0;
            depth -= token.isOperator(")") || token.isOperator("]") || token.isOperator("}") ? 1 : 0;
            if (isStart && depth > 0) {
                boolean isNamed = token.isName() && source.at(i + 1).isOperator("=");
                positional += isNamed ? 0 : 1;
                if (isNamed) {
                    keywords.add(token.text());
                }
            }
            isStart = depth == 1 && token.isOperator(",");
        }
        return positional;
    }

    private void checkTest(int index) {
        ExpressionToken name = source.at(index);
        if (!name.isName() || !ValueTests.names().contains(name.text())) {
            throw source.error(Unknown.describe("test", name.text(), ValueTests.names()));
        }
    }

    private void checkAttribute(int index) {
        ExpressionToken name = source.at(index);
        if (!name.isName()) {
            throw source.error("'.' is to be followed by a name");
        }
        if (name.text().startsWith("_")) {
            throw source.error("'" + name.text() + "' is not available in templates");
        }
        if (source.at(index + 1).isOperator("(") && !METHODS.contains(name.text())) {
            throw source.error("method '" + name.text() + "' is not available in templates; use a filter");
        }
    }

    private void checkCall(int index) {
        ExpressionToken before = source.at(index - 1);
        if (before.isOperator(")") || before.isOperator("]") || before.isOperator("}")) {
            throw source.error("only functions and filters can be called");
        }
        boolean isPlainName = before.isName()
                && !WORDS.contains(before.text())
                && !source.at(index - 2).isOperator("|")
                && !source.at(index - 2).isOperator(".");
        if (isPlainName && !FUNCTIONS.contains(before.text())) {
            throw source.error(Unknown.describe("function", before.text(), new TreeSet<>(FUNCTIONS)));
        }
    }
}
