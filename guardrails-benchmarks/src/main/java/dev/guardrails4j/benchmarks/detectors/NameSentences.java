package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.datafaker.Faker;

/**
 * Makes up sentences with names in them: templates of our own, filled from the lists of Datafaker (Apache-2.0) in many languages.
 * The same for every run with the same seed. For one thread.
 */
final class NameSentences {

    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final List<String> LOCALES = List.of(
            "en-US", "en-GB", "en-AU", "en-CA", "en-IND", "de", "de-AT", "de-CH", "fr", "fr-CA", "es", "es-MX", "it",
            "nl", "pt", "pt-BR", "sv", "da-DK", "nb-NO", "fi-FI", "pl", "cs-CZ", "sk", "hu", "ro-MD", "tr", "id", "vi",
            "en-NG", "en-ZA", "is");

    private static final Map<String, String> TYPES = Map.of(
            "person", "PERSON",
            "first", "PERSON",
            "last", "PERSON",
            "city", "LOCATION",
            "country", "LOCATION",
            "street", "LOCATION",
            "address", "LOCATION",
            "org", "ORGANIZATION");

    private final Random random;
    private final List<Faker> fakers;
    private final List<String> templates;
    private final Map<String, Function<Faker, String>> slots;

    NameSentences(long seed) throws IOException {
        this.random = new Random(seed);
        this.fakers = LOCALES.stream()
                .map(tag -> new Faker(Locale.forLanguageTag(tag), random))
                .toList();
        Faker english = new Faker(Locale.ENGLISH, random);
        this.slots = Map.of(
                "person", faker -> faker.name().firstName() + " " + faker.name().lastName(),
                "first", faker -> faker.name().firstName(),
                "last", faker -> faker.name().lastName(),
                "city", faker -> faker.address().city(),
                "country", faker -> english.address().country(),
                "street", faker -> faker.address().streetAddress(),
                "address",
                        faker -> faker.address().streetAddress() + ", "
                                + faker.address().zipCode() + " "
                                + faker.address().city(),
                "org", faker -> faker.company().name());
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("name-templates.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            this.templates =
                    lines.lines().map(line -> line.replace("\\n", "\n")).toList();
        }
    }

    /** So many sentences. */
    List<MarkedText> make(int count) {
        List<MarkedText> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sentences.add(
                    fill(templates.get(random.nextInt(templates.size())), fakers.get(random.nextInt(fakers.size()))));
        }
        return sentences;
    }

    private MarkedText fill(String template, Faker faker) {
        StringBuilder text = new StringBuilder();
        List<Finding> spans = new ArrayList<>();
        Matcher slot = SLOT.matcher(template);
        int position = 0;
        while (slot.find()) {
            Function<Faker, String> make = slots.get(slot.group(1));
            String type = TYPES.get(slot.group(1));
            if (make == null || type == null) {
                continue;
            }
            text.append(template, position, slot.start());
            String value = make.apply(faker);
            spans.add(new Finding(type, text.length(), text.length() + value.length(), 1));
            text.append(value);
            position = slot.end();
        }
        return new MarkedText(text.append(template, position, template.length()).toString(), spans);
    }
}
