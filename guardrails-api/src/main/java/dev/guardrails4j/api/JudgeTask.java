package dev.guardrails4j.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Describes a question to a judging model.
 *
 * @param prompt the task whose prompt is rendered, as {@code prompts[].task} spells it
 * @param modelTypes the model types that may answer, the first that the configuration has is used
 * @param defaultParser the output parser used when the prompt names none
 * @param maxTokens the limit of the answer in tokens, at least 1, used when the prompt sets none
 * @param temperature the sampling temperature; the configuration's {@code lowest_temperature} if empty
 * @since 0.1
 */
public record JudgeTask(
        String prompt,
        List<String> modelTypes,
        Optional<String> defaultParser,
        int maxTokens,
        OptionalDouble temperature) {

    private static final int DEFAULT_MAX_TOKENS = 1024;

    public JudgeTask {
        Objects.requireNonNull(prompt, "prompt is null");
        modelTypes = List.copyOf(modelTypes);
        if (modelTypes.isEmpty()) {
            throw new IllegalArgumentException("modelTypes is empty");
        }
        Objects.requireNonNull(defaultParser, "defaultParser is null");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is below 1");
        }
        Objects.requireNonNull(temperature, "temperature is null");
    }

    /** A question with this prompt to a model of one of these types; no default parser, 1,024 tokens. */
    public static JudgeTask of(String prompt, String... modelTypes) {
        return new JudgeTask(prompt, List.of(modelTypes), Optional.empty(), DEFAULT_MAX_TOKENS, OptionalDouble.empty());
    }

    /** The same with a parser for prompts that name none. */
    public JudgeTask withDefaultParser(String parser) {
        return new JudgeTask(prompt, modelTypes, Optional.of(parser), maxTokens, temperature);
    }

    /** The same with another temperature. */
    public JudgeTask withTemperature(double temperature) {
        return new JudgeTask(prompt, modelTypes, defaultParser, maxTokens, OptionalDouble.of(temperature));
    }
}
