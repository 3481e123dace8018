package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the safety model that the flow names, with the prompt that is made for it ({@code content_safety_check_input
 * $model=x}). The prompt's variables are {@code user_input}, {@code bot_response} and {@code reasoning_enabled}. It must
 * name its output parser: safety models answer in too many forms for a default.
 *
 * @param judge the model and its prompt
 * @param reasoningEnabled whether the model is to think before it answers
 * @param refusals how it is refused in the user's language; empty if always in the same
 */
record SafetyModelCheck(Judge judge, boolean reasoningEnabled, Optional<MultilingualRefusals> refusals) {

    static final List<Setting> SETTINGS = List.of(Setting.section(
            "content_safety",
            "How safety models are asked, and how it is refused.",
            Setting.section(
                    "reasoning",
                    "Thinking before the answer.",
                    Setting.flag("enabled", "Whether the model is to think; given to the prompt as reasoning_enabled.")
                            .defaultsTo(false)),
            MultilingualRefusals.DESCRIPTION));

    // The reference's value, contract "config and rails" 4.3: greedy, without sending 0.
    private static final double TEMPERATURE = 1e-20;

    /** @throws RailConfigurationException if the flow names no model, or the configuration lacks what it needs */
    static SafetyModelCheck configure(RailSetup setup, String task) {
        Settings settings = setup.settings("content_safety");
        boolean reasoningEnabled = settings.section("reasoning").flag("enabled", false);
        Optional<MultilingualRefusals> refusals = MultilingualRefusals.read(settings.section("multilingual"));
        String model = ModelParameter.of(setup);
        Judge judge = setup.judge(JudgeTask.of(task + " $model=" + model, model).withTemperature(TEMPERATURE));
        return new SafetyModelCheck(judge, reasoningEnabled, refusals);
    }

    Verdict ask(RailContext context, String userInput, String botResponse) {
        Judgement judgement = judge.judge(
                context,
                Map.of(
                        "user_input", userInput,
                        "bot_response", botResponse,
                        "reasoning_enabled", reasoningEnabled));
        return judgement.safe()
                ? Verdict.allow()
                : PolicyViolations.block(judgement, refusals.flatMap(texts -> texts.to(context.userText())));
    }
}
