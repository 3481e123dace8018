package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Scalars;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which rails a request wants to run, {@code guardrails.options.rails}: a list of categories, of which the others
 * are off, or a choice for each (contract "chat server" 2).
 */
final class RailChoices {

    private static final String DIALOG = "dialog";

    private static final List<Category> CATEGORIES = List.of(
            new Category("input", Stage.INPUT),
            new Category("output", Stage.OUTPUT),
            new Category("retrieval", Stage.RETRIEVAL),
            new Category("tool_call", Stage.TOOL_OUTPUT),
            new Category("tool_result", Stage.TOOL_INPUT),
            new Category("tool_output", Stage.TOOL_OUTPUT),
            new Category("tool_input", Stage.TOOL_INPUT));

    /** A name that a request may use for the rails of a stage. */
    private record Category(String name, Stage stage) {}

    /** The reference's old names of categories, and the new ones. */
    private static final List<Map.Entry<String, String>> RENAMED =
            List.of(Map.entry("tool_output", "tool_call"), Map.entry("tool_input", "tool_result"));

    private RailChoices() {}

    static GenerationOptions read(Field rails) {
        if (rails.isMissing()) {
            return GenerationOptions.ALL;
        }
        if (rails.node().isArray()) {
            return listed(rails);
        }
        return rails.isObject() ? chosen(rails) : GenerationOptions.ALL;
    }

    private static GenerationOptions listed(Field rails) {
        List<String> on = rails.strings().orElse(List.of());
        Map<Stage, RailChoice> choices = new EnumMap<>(Stage.class);
        CATEGORIES.forEach(category -> choices.put(category.stage(), RailChoice.NONE));
        CATEGORIES.stream()
                .filter(category -> on.contains(category.name()))
                .forEach(category -> choices.put(category.stage(), RailChoice.ALL));
        return new GenerationOptions(choices, on.contains(DIALOG));
    }

    private static GenerationOptions chosen(Field rails) {
        for (Map.Entry<String, String> names : RENAMED) {
            if (!rails.at(names.getKey()).isMissing()
                    && !rails.at(names.getValue()).isMissing()) {
                rails.rejectRule("Cannot configure both rails.%1$s and rails.%2$s; use rails.%2$s."
                        .formatted(names.getKey(), names.getValue()));
                return GenerationOptions.ALL;
            }
        }
        Map<Stage, RailChoice> choices = new EnumMap<>(Stage.class);
        CATEGORIES.forEach(category ->
                choice(rails.at(category.name())).ifPresent(choice -> choices.put(category.stage(), choice)));
        boolean dialog =
                rails.at(DIALOG).isMissing() || Scalars.flag(rails.at(DIALOG)).orElse(true);
        return new GenerationOptions(choices, dialog);
    }

    private static Optional<RailChoice> choice(Field choice) {
        if (choice.isMissing()) {
            return Optional.empty();
        }
        if (choice.node().isArray()) {
            List<String> flows = new ArrayList<>();
            choice.items().forEach(item -> item.string().ifPresent(flows::add));
            return Optional.of(RailChoice.only(new HashSet<>(flows)));
        }
        if (!Scalars.isFlag(choice.node())) {
            choice.reject("Input should be a valid boolean or list");
            return Optional.empty();
        }
        return Scalars.flag(choice).map(on -> on ? RailChoice.ALL : RailChoice.NONE);
    }
}
