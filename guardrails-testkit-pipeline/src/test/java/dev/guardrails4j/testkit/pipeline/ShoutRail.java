package dev.guardrails4j.testkit.pipeline;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Writes in capitals, unless there is a word that it does not say at all. */
public final class ShoutRail implements Rail {

    @Override
    public String name() {
        return "shout";
    }

    @Override
    public Set<Stage> stages() {
        return EnumSet.of(Stage.INPUT, Stage.OUTPUT);
    }

    @Override
    public boolean rewrites() {
        return true;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        String unsaid = setup.settings("shout").string("unsaid");
        return context -> context.text().contains(unsaid)
                ? Verdict.block("says it").with("word", unsaid)
                : Verdict.rewrite(context.text().toUpperCase(Locale.ROOT));
    }
}
