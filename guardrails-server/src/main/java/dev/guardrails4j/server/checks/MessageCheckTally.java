package dev.guardrails4j.server.checks;

import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.server.openai.LogStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the messages of a request that are checked one by one, contract "checks" 10. For one thread. */
public final class MessageCheckTally {

    private final RailsConfig config;
    private final Map<String, RailStatus> railsStatus = new LinkedHashMap<>();
    private final List<MessageCheckAnswer.Message> messages = new ArrayList<>();
    private final List<String> blocking = new ArrayList<>();
    private LogStats stats = LogStats.NONE;
    private boolean isBlocked;

    /** @param config whose rails check */
    public MessageCheckTally(RailsConfig config) {
        this.config = config;
    }

    /** Counts a message in. */
    public void add(MessageCheckRequest.Said said, CheckResult result) {
        Map<String, RailStatus> rails = RailStatus.of(config, result);
        messages.add(new MessageCheckAnswer.Message(said.index(), said.role(), rails));
        rails.forEach((flow, status) -> {
            if (!status.equals(RailStatus.SUCCESS)) {
                railsStatus.put(flow, status);
            } else {
                railsStatus.putIfAbsent(flow, status);
            }
        });
        result.log().activatedRails().stream()
                .filter(ActivatedRail::isStop)
                .map(ActivatedRail::name)
                .forEach(blocking::add);
        stats = stats.plus(LogStats.of(result.log()));
        isBlocked |= result.block().isPresent();
    }

    /** What is known while messages are still to be checked. */
    public MessageCheckAnswer soFar() {
        return new MessageCheckAnswer(status(), new LinkedHashMap<>(railsStatus), List.of(), null);
    }

    /** What is known when all have been checked. */
    public MessageCheckAnswer done() {
        return new MessageCheckAnswer(
                status(),
                railsStatus,
                messages,
                new MessageCheckAnswer.Checked(new MessageCheckAnswer.Log(blocking, stats)));
    }

    private String status() {
        return isBlocked ? "blocked" : "success";
    }
}
