package dev.guardrails4j.server.evaluation;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which labels mean that a text should be caught. Case does not matter.
 *
 * @param positive those that do; empty for all that are not negative
 * @param negative those that do not; empty for all that are not positive. If neither set is given, the usual words for
 *     "nothing wrong here" are negative
 */
public record Labels(Set<String> positive, Set<String> negative) {

    /** What harmless texts are usually labelled. */
    public static final Set<String> USUAL_NEGATIVE =
            Set.of("safe", "benign", "clean", "harmless", "legitimate", "negative", "none", "no", "false", "0");

    public Labels {
        positive = plain(positive);
        negative = positive.isEmpty() && negative.isEmpty() ? USUAL_NEGATIVE : plain(negative);
    }

    /** Whether a text with this label should be caught; empty if the label is neither here nor there. */
    Optional<Boolean> isPositive(String label) {
        String plain = plain(label);
        if (positive.contains(plain)) {
            return Optional.of(true);
        }
        if (negative.contains(plain)) {
            return Optional.of(false);
        }
        if (positive.isEmpty()) {
            return Optional.of(true);
        }
        return negative.isEmpty() ? Optional.of(false) : Optional.empty();
    }

    private static Set<String> plain(Collection<String> labels) {
        return labels.stream().map(Labels::plain).collect(Collectors.toUnmodifiableSet());
    }

    private static String plain(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }
}
