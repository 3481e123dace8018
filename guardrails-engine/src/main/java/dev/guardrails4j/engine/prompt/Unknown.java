package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.config.Spelling;
import java.util.Set;

/** What to tell of names that are not known. */
final class Unknown {

    private Unknown() {}

    /**
     * {@code unknown filter 'uper'; did you mean 'upper'?}, or all that are known if none is near.
     *
     * @param known in the order in which they are to be listed
     */
    static String describe(String kind, String name, Set<String> known) {
        String suggestion = Spelling.suggestion(name, known);
        return "unknown " + kind + " '" + name + "'"
                + (suggestion.isEmpty() ? "; known are " + String.join(", ", known) : suggestion);
    }
}
