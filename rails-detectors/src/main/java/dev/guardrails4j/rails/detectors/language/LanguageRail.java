package dev.guardrails4j.rails.detectors.language;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.SetupSections;
import dev.guardrails4j.rails.detectors.language.AllowedLanguages.Answer;
import dev.guardrails4j.rails.detectors.language.AllowedLanguages.Told;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code language check}: blocks what is not in one of the allowed languages. */
public final class LanguageRail implements Rail {

    private static final String LANGUAGES = "languages";
    private static final String UNDECIDED = "undecided";
    private static final String MIN_LETTERS = "min_letters";
    private static final int DEFAULT_MIN_LETTERS = 20;

    @Override
    public String name() {
        return "language check";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT, Stage.RETRIEVAL);
    }

    @Override
    public String description() {
        return "Blocks a text that is not in one of the allowed languages.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(SetupSections.describe(
                "language_check",
                "Which languages are let in.",
                stages(),
                Setting.strings(LANGUAGES, "Those that are allowed, by ISO 639-1: en, de."),
                Setting.oneOf(
                        UNDECIDED, "What becomes of a text whose language cannot be told; allow.", "allow", "block"),
                Setting.integer(MIN_LETTERS, "How many letters a text must have for its language to be told; 20.")));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Optional<Check> check = SetupSections.own(setup, "language_check", stages(), LanguageRail::read);
        return check.<RailCheck>map(own -> context -> own.check(context.text()))
                .orElseThrow(() -> setup.settings("language_check")
                        .section(setup.stage().name().toLowerCase(Locale.ROOT))
                        .error(LANGUAGES, "says which languages are allowed, as [en, de]; it is missing"));
    }

    /** Empty if no language is allowed, as where a stage has no section. */
    private static Optional<Check> read(Settings settings) {
        List<String> languages = settings.strings(LANGUAGES, List.of());
        int letters = settings.integer(MIN_LETTERS, DEFAULT_MIN_LETTERS);
        boolean lets = switch (settings.string(UNDECIDED, "allow")) {
            case "allow" -> true;
            case "block" -> false;
            default -> throw settings.error(UNDECIDED, "must be allow or block");
        };
        if (letters < 1) {
            throw settings.error(MIN_LETTERS, "must be 1 or more");
        }
        for (String language : languages) {
            if (!LanguageModel.get().known().containsKey(language)) {
                throw settings.error(
                        LANGUAGES,
                        "unknown language '%s'; known are %s"
                                .formatted(
                                        language,
                                        String.join(
                                                ", ",
                                                LanguageModel.get().known().keySet())));
            }
        }
        return languages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Check(new AllowedLanguages(languages, letters), lets));
    }

    /**
     * The check of one stage.
     *
     * @param letsUndecided whether a text is let through whose language cannot be told
     */
    private record Check(AllowedLanguages languages, boolean letsUndecided) {

        /** A longer text is looked at in so many places, evenly spread from its beginning to its end. */
        private static final int MOST_PLACES = 4;

        Verdict check(String text) {
            boolean decided = false;
            int places = Math.min(MOST_PLACES, 1 + Math.max(0, text.length() - 1) / AllowedLanguages.LONGEST_TEXT);
            for (int place = 0; place < places; place++) {
                Told told = languages.tell(part(text, place, places));
                if (told.answer() == Answer.OTHER) {
                    return Verdict.block("is not in an allowed language")
                            .with("language", told.language().orElse(""));
                }
                decided |= told.answer() == Answer.ALLOWED;
            }
            return decided || letsUndecided
                    ? Verdict.allow()
                    : Verdict.block("is in a language that cannot be told").with("language", "");
        }

        private static String part(String text, int place, int places) {
            int last = Math.max(0, text.length() - AllowedLanguages.LONGEST_TEXT);
            int start = places == 1 ? 0 : (int) ((long) last * place / (places - 1));
            return text.substring(start, Math.min(text.length(), start + AllowedLanguages.LONGEST_TEXT));
        }
    }
}
