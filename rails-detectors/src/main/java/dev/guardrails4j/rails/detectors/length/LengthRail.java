package dev.guardrails4j.rails.detectors.length;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.SetupSections;
import java.util.List;
import java.util.Set;

/**
 * {@code length check}: blocks a text that is longer or shorter than {@code length_check} says for the stage it is listed at, in
 * characters, words or lines.
 */
public final class LengthRail implements Rail {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @Override
    public String name() {
        return "length check";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.values());
    }

    @Override
    public String description() {
        return "Blocks a text that is too long or too short, in characters, words or lines.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(SetupSections.describe(
                "length_check",
                "How long a text may be. What is left out is not limited.",
                stages(),
                Setting.integer("min_chars", "The fewest characters."),
                Setting.integer("max_chars", "The most characters."),
                Setting.integer("min_words", "The fewest words."),
                Setting.integer("max_words", "The most words."),
                Setting.integer("min_lines", "The fewest lines."),
                Setting.integer("max_lines", "The most lines.")));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Bounds bounds = SetupSections.own(setup, "length_check", stages(), Bounds::read);
        return context -> bounds.check(context.text());
    }

    /** Both ends inclusive. */
    private record Bounds(Range chars, Range words, Range lines) {

        static Bounds read(Settings settings) {
            return new Bounds(
                    Range.read(settings, "chars"), Range.read(settings, "words"), Range.read(settings, "lines"));
        }

        Verdict check(String text) {
            // Counting goes through the whole text, and the text may be very long.
            if (text.length() / 2 > chars.most()) {
                return chars.verdict("chars", text.length());
            }
            int characters = text.codePointCount(0, text.length());
            if (!chars.holds(characters)) {
                return chars.verdict("chars", characters);
            }
            int wordCount = words.isAny() ? 0 : countWords(text);
            if (!words.isAny() && !words.holds(wordCount)) {
                return words.verdict("words", wordCount);
            }
            int lineCount = lines.isAny() ? 0 : (int) text.lines().count();
            return lines.isAny() || lines.holds(lineCount) ? Verdict.allow() : lines.verdict("lines", lineCount);
        }

        private static int countWords(String text) {
            int count = 0;
            boolean inWord = false;
            for (int i = 0; i < text.length(); i++) {
                boolean blank = Character.isWhitespace(text.charAt(i));
                count += !blank && !inWord ? 1 : 0;
                inWord = !blank;
            }
            return count;
        }
    }

    private record Range(int least, int most) {

        static Range read(Settings settings, String unit) {
            int least = settings.integer("min_" + unit, 0);
            int most = settings.integer("max_" + unit, NO_LIMIT);
            if (least < 0 || most < least) {
                throw settings.error("max_" + unit, "must not be below min_" + unit + ", and neither below 0");
            }
            return new Range(least, most);
        }

        boolean isAny() {
            return least == 0 && most == NO_LIMIT;
        }

        boolean holds(int count) {
            return count >= least && count <= most;
        }

        Verdict verdict(String unit, int count) {
            return count > most
                    ? Verdict.block("is longer than it may be").with("max_" + unit, most)
                    : Verdict.block("is shorter than it must be").with("min_" + unit, least);
        }
    }
}
