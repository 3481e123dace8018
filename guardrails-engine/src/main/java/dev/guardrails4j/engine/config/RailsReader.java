package dev.guardrails4j.engine.config;

import static dev.guardrails4j.engine.config.Problem.Severity.ERROR;
import static dev.guardrails4j.engine.config.Problem.Severity.WARNING;

import dev.guardrails4j.api.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code rails}, contract "config and rails" 1.3. */
final class RailsReader {

    private static final String COMPAT = "compat";
    private static final String UNREADABLE_PARTS = "unreadable_parts";
    private static final String REQUEST_TIMEOUT = "request_timeout";
    private static final Map<Stage, String> ALIASES =
            Map.of(Stage.TOOL_OUTPUT, "tool_call", Stage.TOOL_INPUT, "tool_result");

    private final Problems problems;

    RailsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * What {@code rails} says.
     *
     * @param flows an entry for every stage
     * @param running how they are run
     * @param settings the node {@code rails.config}, a map, without what is read here
     */
    record Rails(
            Map<Stage, List<FlowConfig>> flows,
            RunningConfig running,
            ConfigNode settings,
            boolean compat,
            boolean refusesUnreadableParts) {}

    Rails read(NodeReader rails) {
        Map<Stage, List<FlowConfig>> flows = new EnumMap<>(Stage.class);
        RunningReader running = new RunningReader();
        FlowReader flowReader = new FlowReader(problems);
        for (Stage stage : Stage.values()) {
            NodeReader section = section(rails, stage);
            flows.put(stage, flowReader.read(stage, section));
            running.read(stage, section);
            section.rejectUnknownKeys();
        }
        rails.notYet("dialog", ERROR, "dialog rails are not run; remove it");
        rails.notYet("actions", WARNING, "there are no instant actions");
        NodeReader config = rails.section("config");
        boolean compat = compat(config);
        boolean refusesUnreadableParts =
                config.read(UNREADABLE_PARTS, RailsReader::isBlock).orElse(false);
        Optional<Duration> requestTimeout = config.read(REQUEST_TIMEOUT, Values::positiveDuration);
        rails.rejectUnknownKeys();
        return new Rails(
                Collections.unmodifiableMap(flows),
                running.config(requestTimeout),
                settings(config.node()),
                compat,
                refusesUnreadableParts);
    }

    /** The section of a stage, which for tools has two names: contract "chat server" 2. */
    private static NodeReader section(NodeReader rails, Stage stage) {
        String name = stage.name().toLowerCase(Locale.ROOT);
        Optional<String> alias = Optional.ofNullable(ALIASES.get(stage));
        if (alias.isEmpty() || !rails.has(alias.get())) {
            return rails.section(name);
        }
        if (rails.has(name)) {
            rails.error(alias.get(), "is another name of rails.%s; keep one of them".formatted(name));
        }
        return rails.section(alias.get());
    }

    private static boolean compat(NodeReader config) {
        Optional<String> compat = config.read(COMPAT, Values::string);
        if (compat.isPresent() && !compat.get().equals("nemo")) {
            config.error(COMPAT, "must be nemo, or be left out");
            return false;
        }
        return compat.isPresent();
    }

    private static boolean isBlock(ConfigNode node) {
        return switch (Values.string(node)) {
            case "block" -> true;
            case "allow" -> false;
            default -> throw Values.wrong(node, "must be allow or block");
        };
    }

    private static ConfigNode settings(ConfigNode config) {
        Map<String, ConfigNode> sections = new LinkedHashMap<>(config.entries());
        sections.keySet().removeAll(Set.of(COMPAT, UNREADABLE_PARTS, REQUEST_TIMEOUT));
        return new ConfigNode(Collections.unmodifiableMap(sections), config.path(), config.location());
    }
}
