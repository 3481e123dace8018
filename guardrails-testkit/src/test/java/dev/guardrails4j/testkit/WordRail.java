package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Set;

/** A rail that keeps to the contract; the ones in {@link RailContractTestTest} do not. */
public class WordRail implements Rail {

    @Override
    public String name() {
        return "check words";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT);
    }

    @Override
    public List<Setting> parameters() {
        return List.of(Setting.string("also", "One more word."));
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                "words",
                "",
                Setting.strings("forbidden", "").required(),
                Setting.section("deep", "", Setting.flag("on", "")),
                Setting.sections("rules", "", Setting.integer("limit", ""))));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Settings words = setup.settings("words");
        List<String> forbidden = words.strings("forbidden");
        String also = setup.parameter("also").orElse("nothing of the kind");
        words.section("deep").flag("on", false);
        words.sections("rules").forEach(rule -> rule.integer("limit", 1));
        return context -> forbidden.stream().anyMatch(context.text()::contains)
                        || context.text().contains(also)
                ? Verdict.block("holds a forbidden word")
                : Verdict.allow();
    }
}
