package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.PromptConfig.MessageTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes one configuration of two, contract "chat server" 4.5. Single values are the later one's, also where it says nothing
 * and so has the default; lists hold the later one's items first, then those of the earlier that it has not; maps are
 * merged at every depth.
 */
final class ConfigMerge {

    private static final Location NOWHERE = new Location("", 0);

    private ConfigMerge() {}

    static LoadedConfig combine(LoadedConfig first, LoadedConfig second) {
        RailsConfig earlier = first.config();
        RailsConfig later = second.config();
        List<Problem> problems = new ArrayList<>(first.problems());
        problems.addAll(second.problems());
        problems.addAll(conflicts(earlier, later));
        problems.addAll(redirections(first, second));
        RailsConfig combined = new RailsConfig(
                earlier.id() + "," + later.id(),
                laterFirst(later.models(), earlier.models(), ConfigMerge::content),
                laterFirst(later.prompts(), earlier.prompts(), ConfigMerge::content),
                flows(earlier.flows(), later.flows()),
                later.running().within(earlier.running().requestTimeout()),
                merge(earlier.railSettings(), later.railSettings()),
                instructions(earlier.generalInstructions(), later.generalInstructions()),
                botMessages(earlier.botMessages(), later.botMessages()),
                later.lowestTemperature(),
                later.promptingMode(),
                later.railsExceptions(),
                later.passthrough(),
                later.actionsServerUrl(),
                earlier.refusesUnreadableParts() || later.refusesUnreadableParts(),
                earlier.compat() || later.compat(),
                earlier.tracing().and(later.tracing()));
        return new LoadedConfig(combined, Trust.least(first.trust(), second.trust()), problems);
    }

    private static List<Problem> conflicts(RailsConfig earlier, RailsConfig later) {
        Map<String, ModelConfig> byType = new LinkedHashMap<>();
        earlier.models().forEach(model -> byType.put(model.type(), model));
        List<Problem> conflicts = new ArrayList<>();
        for (ModelConfig model : later.models()) {
            ModelConfig other = byType.getOrDefault(model.type(), model);
            if (!model.engine().equals(other.engine())) {
                conflicts.add(Problem.error(
                        model.location(), "Both config files should have the same engine for the same model type"));
            } else if (!model.model().equals(other.model())) {
                conflicts.add(Problem.error(
                        model.location(), "Both config files should have the same model for the same model type"));
            }
        }
        if (!earlier.actionsServerUrl().equals(later.actionsServerUrl())) {
            conflicts.add(Problem.error(
                    new Location(later.id(), 0), "Both config files should have the same actions_server_url"));
        }
        return conflicts;
    }

    /**
     * Sections in which a caller's configuration would send what the operator's holds, which may be a key, to an address of
     * its own.
     */
    private static List<Problem> redirections(LoadedConfig first, LoadedConfig second) {
        if (first.trust().isOperators() == second.trust().isOperators()) {
            return List.of();
        }
        LoadedConfig operators = first.trust().isOperators() ? first : second;
        LoadedConfig callers = first.trust().isOperators() ? second : first;
        Set<String> taken = operators.config().railSettings().entries().keySet();
        return callers.config().railSettings().entries().entrySet().stream()
                .filter(section -> taken.contains(section.getKey()) && reaches(section.getKey(), section.getValue()))
                .map(section -> Problem.value(
                        section.getValue().location(),
                        section.getValue().path(),
                        " names an address, and " + operators.config().id()
                                + " has the same section; leave the address out"))
                .toList();
    }

    private static boolean reaches(String key, ConfigNode node) {
        return node.entries().entrySet().stream().anyMatch(entry -> reaches(entry.getKey(), entry.getValue()))
                || node.items().stream().anyMatch(item -> reaches(key, item))
                || (node.value() instanceof String text && ReachingText.of(key, text) != ReachingText.NOTHING);
    }

    /** What {@code later} has, then what only {@code earlier} has; items with the same content are the same. */
    private static <T> List<T> laterFirst(List<T> later, List<T> earlier, Function<T, ?> content) {
        List<T> joined = new ArrayList<>(later);
        Set<Object> present = new HashSet<>();
        later.forEach(item -> present.add(content.apply(item)));
        earlier.stream().filter(item -> present.add(content.apply(item))).forEach(joined::add);
        return Collections.unmodifiableList(joined);
    }

    private static Map<Stage, List<FlowConfig>> flows(
            Map<Stage, List<FlowConfig>> earlier, Map<Stage, List<FlowConfig>> later) {
        Map<Stage, List<FlowConfig>> flows = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            flows.put(
                    stage,
                    laterFirst(
                            later.getOrDefault(stage, List.of()),
                            earlier.getOrDefault(stage, List.of()),
                            flow -> List.of(flow.reference().text(), flow.tool())));
        }
        return Collections.unmodifiableMap(flows);
    }

    private static Optional<String> instructions(Optional<String> earlier, Optional<String> later) {
        if (earlier.isEmpty() || later.isEmpty() || earlier.equals(later)) {
            return later.or(() -> earlier);
        }
        return Optional.of(later.get() + "\n" + earlier.get());
    }

    private static Map<String, List<String>> botMessages(
            Map<String, List<String>> earlier, Map<String, List<String>> later) {
        Map<String, List<String>> messages = new LinkedHashMap<>(earlier);
        later.forEach((intent, texts) ->
                messages.merge(intent, texts, (old, replacing) -> laterFirst(replacing, old, Function.identity())));
        return Collections.unmodifiableMap(messages);
    }

    private static ConfigNode merge(ConfigNode earlier, ConfigNode later) {
        if (earlier.isMap() && later.isMap()) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>(earlier.entries());
            later.entries().forEach((key, value) -> entries.merge(key, value, ConfigMerge::merge));
            return new ConfigNode(Collections.unmodifiableMap(entries), later.path(), later.location());
        }
        if (earlier.isList() && later.isList()) {
            List<ConfigNode> items =
                    laterFirst(later.items(), earlier.items(), item -> Optional.ofNullable(item.toPlainValue()));
            return new ConfigNode(items, later.path(), later.location());
        }
        return later.isNull() ? earlier : later;
    }

    /** A model without the places it was written at. */
    private static Object content(ModelConfig model) {
        return List.of(
                model.type(),
                model.engine(),
                model.model(),
                model.apiKeyVariable(),
                Optional.ofNullable(model.parameters().toPlainValue()),
                model.cache());
    }

    /** A prompt without the places it was written at. */
    private static PromptConfig content(PromptConfig prompt) {
        return new PromptConfig(
                prompt.task(),
                prompt.messages().stream()
                        .map(message -> new MessageTemplate(
                                message.role(), message.isMessageList(), message.template(), NOWHERE))
                        .toList(),
                prompt.models(),
                prompt.outputParser(),
                prompt.maxLength(),
                prompt.mode(),
                prompt.stop(),
                prompt.maxTokens(),
                NOWHERE);
    }
}
