package dev.guardrails4j.engine.prompt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A filter that templates may use: {@code {{ value | name(argument) }}}.
 *
 * @param name how templates call it
 * @param parameters the names of its parameters in their order
 * @param required how many of them must be given
 * @param body what it does
 */
record Filter(String name, List<String> parameters, int required, Body body) {

    /** What a filter does. */
    @FunctionalInterface
    interface Body {

        /**
         * Makes a value of another.
         *
         * @param value what stands before the filter; null if it is undefined
         * @throws TemplateException if the filter cannot do with the value or the arguments
         */
        @Nullable
        Object apply(@Nullable Object value, FilterArguments arguments);
    }

    /** A filter without parameters. */
    static Filter plain(String name, Body body) {
        return new Filter(name, List.of(), 0, body);
    }

    /** What is wrong with a use of the filter, found without knowing the values. */
    Optional<String> problemWith(int positional, List<String> keywords) {
        if (positional + keywords.size() > parameters.size()) {
            return Optional.of("filter '" + name + "' takes " + describeParameters());
        }
        for (String keyword : keywords) {
            if (!parameters.contains(keyword)) {
                return Optional.of(
                        "filter '" + name + "' has no argument '" + keyword + "'; it takes " + describeParameters());
            }
        }
        boolean isComplete =
                parameters.subList(0, required).stream().skip(positional).allMatch(keywords::contains);
        return isComplete ? Optional.empty() : Optional.of("filter '" + name + "' takes " + describeParameters());
    }

    private String describeParameters() {
        if (parameters.isEmpty()) {
            return "no arguments";
        }
        String names = String.join(", ", parameters);
        return required == 0
                ? "at most (" + names + ")"
                : "(" + names + "), of which the first " + required + " must be given";
    }
}
