package dev.guardrails4j.server.checks;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is told of one rail, contract "checks" 5.
 *
 * @param status {@code "success"}, {@code "blocked"} or {@code "unknown"}
 */
public record RailStatus(String status) {

    /** The order in which rails run. */
    private static final List<Stage> STAGES = List.of(Stage.TOOL_INPUT, Stage.INPUT, Stage.TOOL_OUTPUT, Stage.OUTPUT);

    static final RailStatus SUCCESS = new RailStatus("success");
    static final RailStatus BLOCKED = new RailStatus("blocked");
    static final RailStatus UNKNOWN = new RailStatus("unknown");

    /** What is told of the rails of a configuration that ran. */
    static Map<String, RailStatus> of(RailsConfig config, CheckResult result) {
        return of(flows(config), result.log().activatedRails(), result.block().isPresent());
    }

    private static List<String> flows(RailsConfig config) {
        return STAGES.stream()
                .flatMap(stage ->
                        config.flows().containsKey(stage) ? config.flows().get(stage).stream() : Stream.empty())
                .map(flow -> flow.reference().text())
                .toList();
    }

    /**
     * What is told of the rails that ran, in configured order and up to the first that blocked.
     *
     * @param configured the flows of the configuration as it spells them
     * @param activated what ran
     * @param isBlocked whether the conversation may not go on
     */
    static Map<String, RailStatus> of(List<String> configured, List<ActivatedRail> activated, boolean isBlocked) {
        Map<String, RailStatus> ran = ran(activated, isBlocked);
        List<String> told = new ArrayList<>(configured);
        // What blocks without being a flow is told last: somebody must be named.
        activated.stream()
                .filter(ActivatedRail::isStop)
                .map(ActivatedRail::name)
                .forEach(told::add);
        Map<String, RailStatus> statuses = new LinkedHashMap<>();
        for (String flow : told) {
            RailStatus status = ran.get(flow);
            if (status != null) {
                statuses.put(flow, status);
            }
            if (BLOCKED.equals(status)) {
                return statuses;
            }
        }
        return statuses;
    }

    private static Map<String, RailStatus> ran(List<ActivatedRail> activated, boolean isBlocked) {
        boolean isTold = activated.stream().anyMatch(ActivatedRail::isStop);
        Map<String, RailStatus> ran = new LinkedHashMap<>();
        for (ActivatedRail rail : activated) {
            if (isBlocked && !isTold) {
                ran.put(rail.name(), UNKNOWN);
            } else if (rail.isStop()) {
                ran.put(rail.name(), BLOCKED);
            } else {
                ran.putIfAbsent(rail.name(), SUCCESS);
            }
        }
        return ran;
    }
}
