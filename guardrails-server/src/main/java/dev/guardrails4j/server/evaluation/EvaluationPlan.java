package dev.guardrails4j.server.evaluation;

import dev.guardrails4j.engine.GenerationOptions;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param sources the data, in this order
 * @param format how its lines are read
 * @param half which of its texts count
 * @param rails which rails run
 * @param parallel how many texts are looked at at once; at least 1
 * @param examples how many misses, false alarms and failures of each rail are kept for the report
 */
public record EvaluationPlan(
        List<Source> sources, LineFormat format, Half half, GenerationOptions rails, int parallel, int examples) {

    public EvaluationPlan {
        sources = List.copyOf(sources);
    }
}
