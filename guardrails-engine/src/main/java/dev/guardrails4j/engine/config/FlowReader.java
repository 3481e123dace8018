package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.FlowConfig.OnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the lists of flows of a stage, contract "config and rails" 1.3 and 1.8. */
final class FlowReader {

    private static final String PER_TOOL = "per_tool";
    private static final String CHECK_TOOLS = "check_tools";
    private static final Set<Stage> OF_TOOLS = EnumSet.of(Stage.TOOL_OUTPUT, Stage.TOOL_INPUT);
    private static final Set<Stage> BESIDE_TOOLS = EnumSet.of(Stage.INPUT, Stage.OUTPUT);

    private final Problems problems;

    FlowReader(Problems problems) {
        this.problems = problems;
    }

    /** The flows of a stage: those for everything, then those for one tool only. */
    List<FlowConfig> read(Stage stage, NodeReader section) {
        List<FlowConfig> flows = new ArrayList<>(flows(stage, Optional.empty(), section.items("flows")));
        if (OF_TOOLS.contains(stage)) {
            NodeReader tools = section.section(PER_TOOL);
            tools.node()
                    .entries()
                    .keySet()
                    .forEach(tool -> flows.addAll(flows(stage, Optional.of(tool), tools.items(tool))));
        }
        return List.copyOf(flows);
    }

    private List<FlowConfig> flows(Stage stage, Optional<String> tool, List<ConfigNode> items) {
        return items.stream()
                .map(item -> flow(stage, tool, item))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<FlowConfig> flow(Stage stage, Optional<String> tool, ConfigNode item) {
        if (item.value() instanceof String) {
            return reference(item)
                    .map(reference ->
                            new FlowConfig(reference, OnError.BLOCK, Optional.empty(), false, tool, item.location()));
        }
        if (!item.isMap()) {
            problems.addAll(Values.wrongType(item, "a string, or a map with the key flow")
                    .problems());
            return Optional.empty();
        }
        NodeReader entry = new NodeReader(item, problems);
        Optional<FlowReference> reference = entry.require("flow", "name the rail", Values::string)
                .flatMap(text -> entry.find("flow"))
                .flatMap(this::reference);
        OnError onError = entry.read("on_error", FlowReader::onError).orElse(OnError.BLOCK);
        Optional<Duration> timeout = entry.read("timeout", Values::positiveDuration);
        boolean checksTools = BESIDE_TOOLS.contains(stage)
                && entry.read(CHECK_TOOLS, Values::flag).orElse(false);
        entry.rejectUnknownKeys();
        return reference.map(known -> new FlowConfig(known, onError, timeout, checksTools, tool, item.location()));
    }

    private Optional<FlowReference> reference(ConfigNode node) {
        try {
            return Optional.of(FlowReferenceParser.parse(Values.string(node)));
        } catch (RailConfigurationException wrong) {
            problems.error(node.location(), node.path() + ": " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static OnError onError(ConfigNode node) {
        return switch (Values.string(node)) {
            case "block" -> OnError.BLOCK;
            case "allow" -> OnError.ALLOW;
            default -> throw Values.wrong(node, "must be block or allow");
        };
    }
}
