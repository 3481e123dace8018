package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import java.util.Map;

/**
 * Asks a Llama Guard model. It answers {@code safe}, or {@code unsafe} with the categories below, which {@code
 * is_content_safe} reads unless the prompt names another parser. The prompt's variables are {@code user_input} and {@code
 * bot_response}.
 *
 * @param judge the model and its prompt
 */
record LlamaGuardCheck(Judge judge) {

    private static final String MODEL = "llama_guard";

    static final Disclosure DISCLOSURE = Disclosure.to("the model of type " + MODEL);

    private static final String DEFAULT_PARSER = "is_content_safe";

    /** @throws dev.guardrails4j.api.RailConfigurationException if the configuration has no prompt or no model for it */
    static LlamaGuardCheck configure(RailSetup setup, String task) {
        return new LlamaGuardCheck(setup.judge(
                JudgeTask.of(task, MODEL).withDefaultParser(DEFAULT_PARSER).withTemperature(0)));
    }

    Verdict ask(RailContext context, String userInput, String botResponse) {
        return Blank.verdict(context).orElseGet(() -> {
            Judgement judgement = judge.judge(context, Map.of("user_input", userInput, "bot_response", botResponse));
            return judgement.safe() ? Verdict.allow() : PolicyViolations.block(judgement);
        });
    }
}
