package com.example.tour;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Executes an action: what it is given and returns appears in the log of the request. */
public final class WordLimitRail implements Rail {

    private static final int DEFAULT_MOST = 500;

    @Override
    public String name() {
        return "word limit";
    }

    @Override
    public String description() {
        return "Blocks messages of too many words.";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT);
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                "word_limit",
                "How long messages may be.",
                Setting.integer("most", "The most words that a message may have.")
                        .between(1, 100_000)
                        .defaultsTo(DEFAULT_MOST)));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        int most = setup.settings("word_limit").integer("most", DEFAULT_MOST);
        return context -> {
            int words = (Integer) context.execute("count_words", Map.of("text", context.text()));
            return words <= most ? Verdict.allow() : Verdict.block("has too many words").with("words", words);
        };
    }
}
