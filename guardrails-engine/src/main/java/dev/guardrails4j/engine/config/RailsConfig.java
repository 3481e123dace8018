package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as it was read, contract "config and rails" 1.1: structurally valid, but not yet held against the rails
 * and models there are. Immutable.
 *
 * @param id the config id, or several joined by commas
 * @param models in configured order
 * @param prompts in configured order
 * @param flows the flows of each stage in configured order, those for one tool only after those for all; an entry for
 *     every stage
 * @param running how they are run
 * @param railSettings the node {@code rails.config}: a map, empty if there is none
 * @param generalInstructions {@code instructions} of type general, joined by line breaks
 * @param botMessages texts by bot intent ({@code "refuse to respond"}), which replace the built-in ones
 * @param lowestTemperature the temperature for judging
 * @param promptingMode which prompts to prefer
 * @param railsExceptions {@code enable_rails_exceptions}
 * @param passthrough whether the messages go to the main model as they came
 * @param actionsServerUrl where actions that are not found here are executed
 * @param refusesUnreadableParts whether a conversation with images, files and the like that no rail can read is blocked:
 *     {@code rails.config.unreadable_parts: block}
 * @param compat whether the reference's lax readings hold: {@code rails.config.compat: nemo}
 * @param tracing how spans look
 */
public record RailsConfig(
        String id,
        List<ModelConfig> models,
        List<PromptConfig> prompts,
        Map<Stage, List<FlowConfig>> flows,
        RunningConfig running,
        ConfigNode railSettings,
        Optional<String> generalInstructions,
        Map<String, List<String>> botMessages,
        double lowestTemperature,
        String promptingMode,
        boolean railsExceptions,
        boolean passthrough,
        Optional<String> actionsServerUrl,
        boolean refusesUnreadableParts,
        boolean compat,
        TracingConfig tracing) {

    /** The same with other models. */
    RailsConfig withModels(List<ModelConfig> others) {
        return new RailsConfig(
                id,
                List.copyOf(others),
                prompts,
                flows,
                running,
                railSettings,
                generalInstructions,
                botMessages,
                lowestTemperature,
                promptingMode,
                railsExceptions,
                passthrough,
                actionsServerUrl,
                refusesUnreadableParts,
                compat,
                tracing);
    }

    /** Whether the judging rails of a stage run at once. */
    public boolean isParallel(Stage stage) {
        return running.parallel().contains(stage);
    }

    /** The first model of a type. */
    public Optional<ModelConfig> model(String type) {
        return models.stream().filter(model -> model.type().equals(type)).findFirst();
    }
}
