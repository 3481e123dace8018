package @package@;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Blocks messages that hold a forbidden word. */
public final class @class@ implements Rail {

    @Override
    public String name() {
        return "@rail@";
    }

    @Override
    public String description() {
        return "Blocks messages that hold a forbidden word.";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT);
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                "@section@",
                "What messages must not hold.",
                Setting.strings("words", "The forbidden words, in any case.").required()));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        List<String> words = setup.settings("@section@").strings("words").stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return context -> {
            String text = context.text().toLowerCase(Locale.ROOT);
            return words.stream()
                    .filter(text::contains)
                    .findFirst()
                    .map(word -> Verdict.block("holds a forbidden word").with("word", word))
                    .orElseGet(Verdict::allow);
        };
    }
}
