package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.CallContext;
import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Asks the safety model that the flow names, with the prompt that is made for it ({@code content_safety_check_input
 * $model=x}). The prompt's variables are {@code user_input}, {@code bot_response} and {@code reasoning_enabled}. It must
 * name its output parser: safety models answer in too many forms for a default.
 *
 * @param judge the model and its prompt
 * @param reasoningEnabled whether the model is to think before it answers
 */
record SafetyModelCheck(Judge judge, boolean reasoningEnabled) {

    static final List<Setting> PARAMETERS =
            List.of(Setting.string("model", "The type of the model that judges, one of models.")
                    .required());

    static final Disclosure DISCLOSURE = Disclosure.to("the model that $model names");

    // The reference's value, contract "config and rails" 4.3: greedy, without sending 0.
    private static final double TEMPERATURE = 1e-20;

    /** @throws RailConfigurationException if the flow names no model, or the configuration lacks what it needs */
    static SafetyModelCheck configure(RailSetup setup, String task) {
        boolean reasoningEnabled = ContentSafetySettings.reasoningEnabled(setup.settings("content_safety"));
        String model = setup.parameter("model")
                .orElseThrow(() -> new RailConfigurationException("the flow '" + setup.flow()
                        + "' does not say which model to ask; add $model= and the type of one of the models"));
        return new SafetyModelCheck(
                setup.judge(JudgeTask.of(task + " $model=" + model, model).withTemperature(TEMPERATURE)),
                reasoningEnabled);
    }

    Verdict ask(CallContext context, String userInput, String botResponse) {
        Judgement judgement = judge.judge(
                context,
                Map.of(
                        "user_input", userInput,
                        "bot_response", botResponse,
                        "reasoning_enabled", reasoningEnabled));
        return judgement.safe()
                ? Verdict.allow()
                : Verdict.block("the safety model calls it unsafe").with("policy_violations", judgement.violations());
    }
}
