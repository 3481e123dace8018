package dev.guardrails4j.rails.contentsafety.tools;

import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.Map;

/**
 * Asks the model that the flow names about a tool, with the prompt {@code tool_safety_check_output $model=x $variant=y}, which
 * says what is safe for this tool. Contract "config and rails" 4.11.
 *
 * @param judge the model and its prompt
 */
record ToolSafetyJudge(Judge judge) {

    static final Setting VARIANT = Setting.string("variant", "Which of several prompts is asked.");

    private static final double TEMPERATURE = 1e-20;
    private static final String DEFAULT_PARSER = "is_content_safe";

    /** @throws dev.guardrails4j.api.RailConfigurationException if the flow names no model, or there is no prompt for it */
    static ToolSafetyJudge configure(RailSetup setup, String task) {
        String model = ModelParameter.of(setup);
        String prompt = task + " $model=" + model
                + setup.parameter("variant")
                        .map(variant -> " $variant=" + variant)
                        .orElse("");
        return new ToolSafetyJudge(setup.judge(
                JudgeTask.of(prompt, model).withDefaultParser(DEFAULT_PARSER).withTemperature(TEMPERATURE)));
    }

    Verdict ask(RailContext context, Map<String, ?> variables) {
        Judgement judgement = judge.judge(context, variables);
        return judgement.safe()
                ? Verdict.allow()
                : Verdict.block("the model calls it unsafe for this tool")
                        .with("policy_violations", judgement.violations());
    }
}
