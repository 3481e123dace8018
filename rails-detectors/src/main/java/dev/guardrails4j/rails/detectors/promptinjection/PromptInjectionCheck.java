package dev.guardrails4j.rails.detectors.promptinjection;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Verdict;
import java.util.List;

/** Blocks texts whose score reaches the threshold of {@code rails.config.prompt_injection}. */
final class PromptInjectionCheck implements RailCheck {

    private static final double DEFAULT_THRESHOLD = 0.5;

    static final List<Setting> SETTINGS = List.of(Setting.section(
            "prompt_injection",
            "When a text is taken for a prompt injection.",
            Setting.number("threshold", "The score from which it is blocked, above 0, at most 1; 0.5.")));

    private final PromptInjectionDetector detector;
    private final double threshold;

    private PromptInjectionCheck(PromptInjectionDetector detector, double threshold) {
        this.detector = detector;
        this.threshold = threshold;
    }

    static PromptInjectionCheck of(RailSetup setup) {
        Settings settings = setup.settings("prompt_injection");
        double threshold = settings.number("threshold", DEFAULT_THRESHOLD);
        if (!(threshold > 0 && threshold <= 1)) {
            throw settings.error("threshold", "must be greater than 0 and at most 1");
        }
        return new PromptInjectionCheck(PromptInjectionDetector.bundled(), threshold);
    }

    @Override
    public Verdict check(RailContext context) {
        InjectionScore found = detector.score(context.text());
        Verdict verdict = found.score() >= threshold ? Verdict.block("looks like a prompt injection") : Verdict.allow();
        Verdict scored = verdict.with("score", rounded(found.score())).with("model_score", rounded(found.model()));
        if (!found.techniques().isEmpty()) {
            scored = scored.with("techniques", PromptInjectionDetector.names(found.techniques()));
        }
        if (!found.encodings().isEmpty()) {
            scored = scored.with("encodings", List.copyOf(found.encodings()));
        }
        return found.hidden() == 0 ? scored : scored.with("hidden_characters", found.hidden());
    }

    private static double rounded(double score) {
        return Math.round(score * 1_000) / 1_000.0;
    }
}
