package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Finds names of nationalities, religions and political groups, Presidio's {@code NRP}. English only, and only where they
 * begin with a capital letter: "polish" and "labour" are more often something else.
 */
final class Demonyms implements Recognizer {

    private static final double SCORE = 0.6;
    private static final String LIST = "demonyms.txt";

    private final WordRecognizer words = new WordRecognizer("NRP", SCORE, read());

    private Demonyms() {}

    private static final class Lazy {
        private static final Demonyms INSTANCE = new Demonyms();
    }

    static Recognizer recognizer() {
        return Lazy.INSTANCE;
    }

    private static List<String> read() {
        try (InputStream list = Objects.requireNonNull(Demonyms.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("this jar is broken", e);
        }
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        words.find(text, limit, finding -> {
            if (Character.isUpperCase(text.charAt(finding.start()))) {
                found.accept(finding);
            }
        });
    }
}
