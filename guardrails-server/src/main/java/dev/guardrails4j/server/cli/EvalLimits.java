package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.Confusion;
import dev.guardrails4j.server.evaluation.EvaluationFigures;
import dev.guardrails4j.server.evaluation.Numbers;
import dev.guardrails4j.server.evaluation.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import picocli.CommandLine.Option;

/** The options that say how good rails must be. */
final class EvalLimits {

    @Option(
            names = "--min-recall",
            paramLabel = "SHARE",
            description = "Fails if all rails together catch less of what they should, from 0 to 1.")
    private Optional<Share> minRecall = Optional.empty();

    @Option(
            names = "--max-false-positives",
            paramLabel = "SHARE",
            description = "Fails if all rails together catch more of what should pass, from 0 to 1.")
    private Optional<Share> maxFalsePositives = Optional.empty();

    /** A part of a whole, from 0 to 1. */
    record Share(double value) {

        static Share parse(String text) {
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && value <= 1) {
                    return new Share(value);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new IllegalArgumentException("'%s' is not a number from 0 to 1".formatted(text));
        }
    }

    /** A sentence for each limit that does not hold. */
    List<String> broken(EvaluationFigures figures) {
        Confusion confusion = figures.whole().confusion();
        List<String> broken = new ArrayList<>();
        minRecall.ifPresent(least ->
                check("recall", confusion.recall(), value -> value >= least.value(), "less than", least, broken));
        maxFalsePositives.ifPresent(most -> check(
                "false positive rate",
                confusion.falsePositiveRate(),
                value -> value <= most.value(),
                "more than",
                most,
                broken));
        return broken;
    }

    /** A limit on what was not measured does not hold. */
    private static void check(
            String what, Proportion measured, DoublePredicate holds, String than, Share limit, List<String> broken) {
        if (measured.estimate().isEmpty()) {
            broken.add("the %s was not measured: the data has no text for it".formatted(what));
        } else if (!holds.test(measured.estimate().get().value())) {
            broken.add("the %s is %s, %s %s".formatted(what, Numbers.value(measured.estimate()), than, limit.value()));
        }
    }
}
