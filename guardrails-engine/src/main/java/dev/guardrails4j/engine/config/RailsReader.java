package dev.guardrails4j.engine.config;

import static dev.guardrails4j.engine.config.Problem.Severity.ERROR;
import static dev.guardrails4j.engine.config.Problem.Severity.WARNING;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.FlowConfig.OnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code rails}, contract "config and rails" 1.3. */
final class RailsReader {

    private static final String COMPAT = "compat";

    private final Problems problems;

    RailsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * What {@code rails} says.
     *
     * @param flows an entry for every stage
     * @param running how they are run
     * @param settings the node {@code rails.config}, a map, without {@code compat}
     */
    record Rails(Map<Stage, List<FlowConfig>> flows, RunningConfig running, ConfigNode settings, boolean compat) {}

    Rails read(NodeReader rails) {
        Map<Stage, List<FlowConfig>> flows = new EnumMap<>(Stage.class);
        RunningReader running = new RunningReader();
        for (Stage stage : Stage.values()) {
            NodeReader section = rails.section(stage.name().toLowerCase(Locale.ROOT));
            flows.put(stage, flows(section));
            running.read(stage, section);
            section.rejectUnknownKeys();
        }
        toolRails(rails.section("tool_output"));
        toolRails(rails.section("tool_input"));
        rails.notYet("dialog", ERROR, "dialog rails are not run; remove it");
        rails.notYet("actions", WARNING, "there are no instant actions");
        NodeReader config = rails.section("config");
        boolean compat = compat(config);
        rails.rejectUnknownKeys();
        return new Rails(Collections.unmodifiableMap(flows), running.config(), settings(config.node()), compat);
    }

    private List<FlowConfig> flows(NodeReader section) {
        List<FlowConfig> flows = new ArrayList<>();
        section.items("flows").forEach(item -> flow(item).ifPresent(flows::add));
        return List.copyOf(flows);
    }

    private void toolRails(NodeReader section) {
        section.notYet("flows", ERROR, "tool calls and results are not checked; remove it");
        section.notYet("per_tool", ERROR, "tool calls and results are not checked; remove it");
        section.notYetFlag("parallel", "there are no tool rails to run");
        section.rejectUnknownKeys();
    }

    private Optional<FlowConfig> flow(ConfigNode item) {
        if (item.value() instanceof String) {
            return reference(item)
                    .map(reference -> new FlowConfig(reference, OnError.BLOCK, Optional.empty(), item.location()));
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
        OnError onError = entry.read("on_error", RailsReader::onError).orElse(OnError.BLOCK);
        Optional<Duration> timeout = entry.read("timeout", RailsReader::timeout);
        entry.rejectUnknownKeys();
        return reference.map(known -> new FlowConfig(known, onError, timeout, item.location()));
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

    private static Duration timeout(ConfigNode node) {
        Duration timeout = Values.duration(node);
        if (timeout.isZero()) {
            throw Values.wrong(node, "must be more than nothing");
        }
        return timeout;
    }

    private static boolean compat(NodeReader config) {
        Optional<String> compat = config.read(COMPAT, Values::string);
        if (compat.isPresent() && !compat.get().equals("nemo")) {
            config.error(COMPAT, "must be nemo, or be left out");
            return false;
        }
        return compat.isPresent();
    }

    private static ConfigNode settings(ConfigNode config) {
        Map<String, ConfigNode> sections = new LinkedHashMap<>(config.entries());
        sections.remove(COMPAT);
        return new ConfigNode(Collections.unmodifiableMap(sections), config.path(), config.location());
    }
}
