package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.bloat.BloatRails;
import dev.guardrails4j.rails.detectors.injection.InjectionDetectionRail;
import dev.guardrails4j.rails.detectors.keyword.KeywordRail;
import dev.guardrails4j.rails.detectors.language.LanguageRail;
import dev.guardrails4j.rails.detectors.length.LengthRail;
import dev.guardrails4j.rails.detectors.pii.SensitiveDataDetector;
import dev.guardrails4j.rails.detectors.pii.SensitiveDataRails;
import dev.guardrails4j.rails.detectors.promptinjection.PromptInjectionInputRail;
import dev.guardrails4j.rails.detectors.regex.RegexRails;
import dev.guardrails4j.rails.detectors.secrets.SecretRails;
import dev.guardrails4j.rails.detectors.url.UrlCheckRail;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The rails that need no model, as they are measured: configured so that they have all to do that they can. */
public enum DetectorRail {
    SENSITIVE_DATA_USUAL(
            Stage.INPUT,
            () -> sensitiveData(
                    List.of("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS"))),
    SENSITIVE_DATA_ALL(Stage.INPUT, () -> sensitiveData(List.copyOf(SensitiveDataDetector.knownEntities()))),
    SECRETS(Stage.INPUT, () -> RailHarness.of(new SecretRails.DetectOnInput())),
    PROMPT_INJECTION(Stage.INPUT, () -> RailHarness.of(new PromptInjectionInputRail())),
    INJECTION(
            Stage.OUTPUT,
            () -> harness(
                    new InjectionDetectionRail(),
                    "injection_detection",
                    Map.of("injections", List.of("code", "sqli", "template", "xss"), "action", "reject"))),
    URL(
            Stage.INPUT,
            () -> harness(new UrlCheckRail(), "url_check", Map.of("allow", List.of("example.com", "*.example.org")))),
    REGEX(
            Stage.INPUT,
            () -> harness(
                    new RegexRails.CheckInput(),
                    "regex_detection",
                    Map.of(
                            "input",
                            Map.of(
                                    "patterns",
                                    List.of("(?i)internal[- ]only", "\\bACME-\\d{4,8}\\b", "\\$\\$[a-z]+"))))),
    KEYWORD(
            Stage.INPUT,
            () -> onInput(
                    new KeywordRail(),
                    "keyword_check",
                    Map.of(
                            "keywords",
                            IntStream.range(0, 5_000)
                                    .mapToObj(i -> "forbidden term " + i)
                                    .toList()))),
    LANGUAGE(
            Stage.INPUT, () -> onInput(new LanguageRail(), "language_check", Map.of("languages", List.of("en", "de")))),
    CONTEXT_BLOAT(Stage.INPUT, () -> RailHarness.of(new BloatRails.OnInput())),
    LENGTH(
            Stage.INPUT,
            () -> onInput(
                    new LengthRail(),
                    "length_check",
                    Map.of("max_chars", 10_000_000, "max_words", 10_000_000, "max_lines", 10_000_000)));

    private final Stage stage;
    // It makes a new one each time, and holds nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<RailHarness> harness;

    DetectorRail(Stage stage, Supplier<RailHarness> harness) {
        this.stage = stage;
        this.harness = harness;
    }

    private static RailHarness sensitiveData(List<String> entities) {
        return onInput(
                new SensitiveDataRails.DetectOnInput(), "sensitive_data_detection", Map.of("entities", entities));
    }

    private static RailHarness onInput(Rail rail, String section, Map<String, ?> settings) {
        return harness(rail, section, Map.of("input", settings));
    }

    private static RailHarness harness(Rail rail, String section, Map<String, ?> settings) {
        return RailHarness.of(rail).settings(section, settings);
    }

    RailCheck configure() {
        return harness.get().configure(stage);
    }

    RailContext context(String text) {
        return harness.get().context(stage, text);
    }

    /** As it is called on the command line and in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
