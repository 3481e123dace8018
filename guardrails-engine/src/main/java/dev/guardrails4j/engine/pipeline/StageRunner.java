package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.pipeline.RailRunner.Attempt;
import dev.guardrails4j.engine.pipeline.RailRunner.Decided;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs the rails of a stage: one after the other, where a rewrite feeds the next rail; or, if the configuration says
 * {@code parallel: true}, the rewriting ones so and then all that only judge at once. The first block ends the stage.
 */
final class StageRunner {

    private final RailRunner rails;
    private final Blueprint blueprint;
    private final Map<Stage, List<ConfiguredRail>> wanted = new EnumMap<>(Stage.class);
    private final Turn turn;
    private final RunningDeadline deadline;
    private final ResultBuilder result;

    StageRunner(
            RailRunner rails,
            Blueprint blueprint,
            GenerationOptions options,
            Turn turn,
            RunningDeadline deadline,
            ResultBuilder result) {
        this.rails = rails;
        this.blueprint = blueprint;
        this.turn = turn;
        this.deadline = deadline;
        this.result = result;
        for (Stage stage : Stage.values()) {
            wanted.put(
                    stage,
                    blueprint.railsAt(stage).stream()
                            .filter(rail -> options.wants(stage, rail.name(), rail.reference()))
                            .toList());
        }
    }

    /** Whether the text of the stage may go on; rewrites it. */
    boolean passes(Stage stage) {
        return passes(stage, List.of(new StageText(turn, stage)));
    }

    /** Whether all of these texts may go on; rewrites them. Each is checked on its own, and the first block ends it. */
    boolean passes(Stage stage, List<Subject> subjects) {
        return subjects.stream()
                .allMatch(subject -> passes(
                        stage,
                        subject,
                        wanted(stage).stream().filter(subject::concerns).toList()));
    }

    private boolean passes(Stage stage, Subject subject, List<ConfiguredRail> concerned) {
        if (!blueprint.config().isParallel(stage)) {
            return passesInTurn(subject, concerned);
        }
        return passesInTurn(
                        subject,
                        concerned.stream().filter(ConfiguredRail::rewrites).toList())
                && passesAtOnce(
                        subject,
                        concerned.stream().filter(rail -> !rail.rewrites()).toList());
    }

    /** Takes out of what was retrieved what must not be used: a block clears it, the conversation goes on. */
    void runRetrieval() {
        Subject retrieved = new StageText(turn, Stage.RETRIEVAL);
        for (ConfiguredRail rail : wanted(Stage.RETRIEVAL)) {
            if (turn.chunks().isEmpty()) {
                return;
            }
            if (decide(rail, retrieved).verdict() instanceof Verdict.Block) {
                retrieved.rewrite("");
            }
        }
    }

    boolean hasRails(Stage stage) {
        return !wanted(stage).isEmpty();
    }

    boolean mayRewrite(Stage stage) {
        return wanted(stage).stream().anyMatch(ConfiguredRail::rewrites);
    }

    /** Whether any rail looks at the calls of tools. */
    boolean checksToolCalls() {
        return hasRails(Stage.TOOL_OUTPUT)
                || wanted(Stage.OUTPUT).stream().anyMatch(rail -> rail.flow().checksTools());
    }

    /** The rails that are to run at a stage, in configured order. */
    List<ConfiguredRail> wanted(Stage stage) {
        return wanted.getOrDefault(stage, List.of());
    }

    private boolean passesInTurn(Subject subject, List<ConfiguredRail> inTurn) {
        for (ConfiguredRail rail : inTurn) {
            Decided decided = decide(rail, subject);
            if (decided.verdict() instanceof Verdict.Block block) {
                result.blocked(rail, block, decided.isFailure());
                return false;
            }
        }
        return true;
    }

    private Decided decide(ConfiguredRail rail, Subject subject) {
        Decided decided = rails.run(rail, subject, subject.turn(), deadline);
        result.add(decided.record());
        if (decided.verdict() instanceof Verdict.Rewrite rewrite) {
            subject.rewrite(rewrite.text());
            turn.originals().add(rewrite.originals());
        }
        return decided;
    }

    private boolean passesAtOnce(Subject subject, List<ConfiguredRail> atOnce) {
        BlockingQueue<Attempt> done = new LinkedBlockingQueue<>();
        List<Attempt> attempts = atOnce.stream()
                .map(rail -> rails.start(rail, subject, subject.turn(), deadline, done::add))
                .toList();
        Map<Attempt, Decided> decisions = new HashMap<>();
        try {
            boolean blocked = false;
            while (!blocked && decisions.size() < attempts.size()) {
                Attempt next = nextDone(
                        done,
                        attempts.stream()
                                .filter(attempt -> !decisions.containsKey(attempt))
                                .toList());
                if (decisions.containsKey(next)) {
                    // It had been late, and what holds is that it was.
                    continue;
                }
                Decided decided = next.decision();
                decisions.put(next, decided);
                blocked = decided.verdict() instanceof Verdict.Block;
            }
        } finally {
            attempts.forEach(Attempt::close);
        }
        return passed(attempts, decisions);
    }

    /** Waits for the next that has decided, or whose time has passed. */
    private static Attempt nextDone(BlockingQueue<Attempt> done, List<Attempt> running) {
        Attempt firstToEnd =
                running.stream().min(Comparator.comparing(Attempt::remaining)).orElseThrow();
        Duration longest = firstToEnd.remaining();
        try {
            Attempt next = done.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            return next == null ? firstToEnd : next;
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        }
    }

    /** Tells what was decided in configured order, whoever was first. */
    private boolean passed(List<Attempt> attempts, Map<Attempt, Decided> decisions) {
        boolean passed = true;
        for (Attempt attempt : attempts) {
            Decided decided = decisions.get(attempt);
            if (decided == null) {
                continue;
            }
            result.add(decided.record());
            if (passed && decided.verdict() instanceof Verdict.Block block) {
                result.blocked(attempt.rail(), block, decided.isFailure());
                passed = false;
            }
        }
        return passed;
    }
}
