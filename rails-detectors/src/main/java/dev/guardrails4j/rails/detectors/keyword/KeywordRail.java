package dev.guardrails4j.rails.detectors.keyword;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.SetupSections;
import dev.guardrails4j.rails.detectors.text.TermSearch;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code keyword check}: blocks a text in which one of the words of {@code keyword_check} stands, however many there are. Looks
 * at what the configuration says for the stage it is listed at.
 */
public final class KeywordRail implements Rail {

    private static final String KEYWORDS = "keywords";
    private static final int MAX_KEYWORDS = 100_000;
    private static final int MAX_CHARACTERS = 500;
    private static final int MAX_EVIDENCE = 20;

    @Override
    public String name() {
        return "keyword check";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.values());
    }

    @Override
    public String description() {
        return "Blocks a text with a word of a list in it; the list may have thousands.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(SetupSections.describe(
                "keyword_check",
                "Words that are looked for.",
                stages(),
                Setting.strings(KEYWORDS, "The words, each of one or several; 100,000 at most."),
                Setting.flag("case_sensitive", "Whether the case of letters matters; false."),
                Setting.flag(
                        "whole_words", "Whether a word counts only where no letter or digit continues it; true.")));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        TermSearch search = SetupSections.own(setup, "keyword_check", stages(), KeywordRail::search);
        return context -> check(context.text(), search);
    }

    private static TermSearch search(Settings settings) {
        List<String> keywords = settings.strings(KEYWORDS, List.of());
        if (keywords.size() > MAX_KEYWORDS) {
            throw settings.error(KEYWORDS, "more than " + MAX_KEYWORDS + " words");
        }
        if (keywords.stream().anyMatch(word -> word.isBlank() || word.length() > MAX_CHARACTERS)) {
            throw settings.error(
                    KEYWORDS, "has a word that is empty, or longer than " + MAX_CHARACTERS + " characters");
        }
        return new TermSearch(keywords, settings.flag("case_sensitive", false), settings.flag("whole_words", true));
    }

    private static Verdict check(String text, TermSearch search) {
        Set<String> found = new TreeSet<>();
        search.search(text, (keyword, start, end) -> {
            found.add(keyword);
            return found.size() < MAX_EVIDENCE;
        });
        return found.isEmpty()
                ? Verdict.allow()
                : Verdict.block("holds a word of the list").with(KEYWORDS, List.copyOf(found));
    }
}
