package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.engine.config.PromptConfig;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How well a prompt suits a model, contract "config and rails" 1.5. A prompt whose {@code models} do not name the model at
 * all suits it worst but may still be used, as in the reference.
 */
final class PromptScore {

    private static final String STANDARD_MODE = "standard";
    private static final double ANY_MODEL = 0.2;
    private static final double PART_OF_NAME = 0.4;
    private static final double PROVIDER = 0.5;
    private static final double MODEL = 0.8;
    private static final double EXACT = 1.0;
    private static final double WRONG_MODE = 0.5;

    private PromptScore() {}

    /**
     * Scores a prompt.
     *
     * @param qualifiedModel {@code engine/model}
     * @return empty if the prompt is for another mode, and so not to be used
     */
    static OptionalDouble of(PromptConfig prompt, String mode, String qualifiedModel) {
        double score = modelScore(prompt, qualifiedModel.toLowerCase(Locale.ROOT));
        if (prompt.mode().equals(mode)) {
            return OptionalDouble.of(score);
        }
        return prompt.mode().equals(STANDARD_MODE) ? OptionalDouble.of(score * WRONG_MODE) : OptionalDouble.empty();
    }

    private static double modelScore(PromptConfig prompt, String qualifiedModel) {
        if (prompt.models().isEmpty()) {
            return ANY_MODEL;
        }
        String model = qualifiedModel.endsWith("/")
                ? qualifiedModel.substring(0, qualifiedModel.length() - 1)
                : qualifiedModel;
        return prompt.models().stream()
                .mapToDouble(named -> nameScore(named.toLowerCase(Locale.ROOT), model))
                .max()
                .orElse(0);
    }

    private static double nameScore(String named, String model) {
        if (named.equals(model)) {
            return EXACT;
        }
        if (model.endsWith("/" + named)) {
            return MODEL;
        }
        if (model.startsWith(named + "/")) {
            return PROVIDER;
        }
        return model.contains(named) ? PART_OF_NAME : 0;
    }
}
