package com.example.competitor;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Set;

/** Blocks messages that name a competitor. */
public final class CompetitorRail implements Rail {

    @Override public String name() {
        return "competitor check";
    }

    @Override public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT);
    }

    @Override public RailCheck configure(RailSetup setup) {
        List<String> names = setup.settings("competitor_check").strings("names");
        return context -> names.stream()
                .filter(context.text()::contains)
                .findFirst()
                .map(name -> Verdict.block("names a competitor").with("name", name))
                .orElseGet(Verdict::allow);
    }
}
