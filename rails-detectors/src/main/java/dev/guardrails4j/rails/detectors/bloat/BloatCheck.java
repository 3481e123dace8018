package dev.guardrails4j.rails.detectors.bloat;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Verdict;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for padding, in the reference's order: size, entropy, runs, repetitions. The first that is too much counts. */
record BloatCheck(BloatSettings settings) implements RailCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BloatCheck.class);

    private static final String REASON = "bloats the context";

    @Override
    public Verdict check(RailContext context) {
        String text = context.text();
        return bloat(text).map(bloat -> verdict(text, bloat)).orElseGet(Verdict::allow);
    }

    private Verdict verdict(String text, Bloat bloat) {
        return switch (settings.action()) {
            case BloatSettings.TRUNCATE -> bloat.on(Verdict.rewrite(truncated(text)));
            case BloatSettings.WARN -> {
                LOG.warn("A text {}: {} is {}", REASON, bloat.measure(), bloat.value());
                yield bloat.on(Verdict.allow());
            }
            default -> bloat.on(Verdict.block(REASON));
        };
    }

    private String truncated(String text) {
        return text.codePointCount(0, text.length()) <= settings.maxChars()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, settings.maxChars()));
    }

    private Optional<Bloat> bloat(String text) {
        int[] characters = text.codePoints().toArray();
        if (characters.length > settings.maxChars()) {
            return Optional.of(new Bloat("size", characters.length));
        }
        if (characters.length < settings.minChars()) {
            return Optional.empty();
        }
        double entropy = BloatMeasures.entropy(characters);
        if (entropy < settings.minEntropy()) {
            return Optional.of(new Bloat("entropy", entropy));
        }
        double run = BloatMeasures.runRatio(characters);
        if (run > settings.maxRunRatio()) {
            return Optional.of(new Bloat("run_ratio", run));
        }
        double repetition = BloatMeasures.repetitionRatio(text, settings.ngramSize());
        return repetition > settings.maxRepetitionRatio()
                ? Optional.of(new Bloat("repetition_ratio", repetition))
                : Optional.empty();
    }

    /**
     * What was too much.
     *
     * @param measure of what
     * @param value how much
     */
    private record Bloat(String measure, double value) {

        Verdict on(Verdict verdict) {
            return verdict.with("measure", measure).with("value", value);
        }
    }
}
