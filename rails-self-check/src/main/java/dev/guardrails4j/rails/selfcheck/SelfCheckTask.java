package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import java.util.List;
import java.util.Optional;

/**
 * One question of this family, contract "config and rails" 4.2: which prompt asks it, and which model answers.
 *
 * @param name the task: {@code "self_check_input"}
 * @param variant the flow's {@code $variant}, which has a prompt and perhaps a model of its own
 */
record SelfCheckTask(String name, Optional<String> variant) {

    /** Of the rails that have variants. */
    static final List<Setting> PARAMETERS =
            List.of(Setting.string("variant", "Which of several prompts, and which model, if one has its type."));

    static final Disclosure DISCLOSURE = Disclosure.to("the model that judges");

    private static final String DEFAULT_PARSER = "is_content_safe";
    private static final String MAIN_MODEL = "main";

    static SelfCheckTask of(String name) {
        return new SelfCheckTask(name, Optional.empty());
    }

    /** The task, in the variant that the flow asks for. */
    static SelfCheckTask of(String name, RailSetup setup) {
        return new SelfCheckTask(name, setup.parameter("variant"));
    }

    /** @throws dev.guardrails4j.api.RailConfigurationException if the configuration has no prompt or no model for it */
    Judge judge(RailSetup setup) {
        return setup.judge(variant.map(it -> JudgeTask.of(name + " $variant=" + it, it, name, MAIN_MODEL))
                .orElseGet(() -> JudgeTask.of(name, name, MAIN_MODEL))
                .withDefaultParser(DEFAULT_PARSER));
    }
}
