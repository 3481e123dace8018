package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.RunningConfig;
import dev.guardrails4j.engine.config.RunningConfig.OutputStreaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the rails of a configuration do not go together with in the way it wants them run. */
final class RunningProblems {

    private RunningProblems() {}

    static List<Problem> of(RunningConfig running, Map<Stage, List<ConfiguredRail>> rails) {
        List<Problem> problems = new ArrayList<>();
        List<ConfiguredRail> rewritingAnswers = rewriting(rails.getOrDefault(Stage.OUTPUT, List.of()));
        if (!rewritingAnswers.isEmpty() && cannotRewrite(running.streaming())) {
            problems.add(Problem.error(rewritingAnswers.get(0).flow().location(), cannotRewrite(rewritingAnswers)));
        }
        if (running.speculative()) {
            List<ConfiguredRail> changing = new ArrayList<>(rewriting(rails.getOrDefault(Stage.INPUT, List.of())));
            changing.addAll(rails.getOrDefault(Stage.RETRIEVAL, List.of()));
            changing.stream()
                    .findFirst()
                    .ifPresent(rail -> problems.add(Problem.warning(
                            rail.flow().location(),
                            "rails.input.speculative_generation has no effect: the rail '%s' may change what the model is asked, which waits for it"
                                    .formatted(rail.name()))));
        }
        return problems;
    }

    private static List<ConfiguredRail> rewriting(List<ConfiguredRail> rails) {
        return rails.stream().filter(ConfiguredRail::rewrites).toList();
    }

    /** What was shown cannot be rewritten. */
    private static boolean cannotRewrite(OutputStreaming streaming) {
        return streaming.enabled() && streaming.streamFirst();
    }

    /** Contract "config and rails" 1.6. */
    private static String cannotRewrite(List<ConfiguredRail> rails) {
        return "Output rails %s rewrite the response, which streaming cannot apply with stream_first: set rails.output.streaming.stream_first to False"
                .formatted(rails.stream().map(ConfiguredRail::name).toList());
    }
}
