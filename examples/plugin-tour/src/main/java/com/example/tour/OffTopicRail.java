package com.example.tour;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Map;
import java.util.Set;

/** Asks a language model: the prompt {@code off_topic_check}, answered with yes if the message is to be blocked. */
public final class OffTopicRail implements Rail {

    @Override
    public String name() {
        return "off topic check";
    }

    @Override
    public String description() {
        return "Asks a language model whether the user's message is about something else.";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to("the model of type off_topic, or else the main model");
    }

    /** A configuration without the prompt is refused here. An answer that is neither yes nor no makes the check fail. */
    @Override
    public RailCheck configure(RailSetup setup) {
        Judge judge = setup.judge(
                JudgeTask.of("off_topic_check", "off_topic", "main").withDefaultParser("is_content_safe"));
        return context -> judge.judge(context, Map.of("user_input", context.text())).safe()
                ? Verdict.allow()
                : Verdict.block("is about something else");
    }
}
