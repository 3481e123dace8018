package dev.guardrails4j.rails.detectors.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.rails.detectors.pii.PatternSet.Matches;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {

    private static final List<CodePattern> ALL_CODES = Stream.of(
                    FinancialCodes.all(), AmericanCodes.all(), EuropeanCodes.all(), AsiaPacificCodes.all())
            .flatMap(List::stream)
            .toList();

    @Test
    void tellsWhereEachPatternEnds() {
        PatternSet set = new PatternSet(List.of("\\d{2,3}", "\\d{3}-?[a-z]"));
        Matches matches = new Matches();

        set.find("x 123-Q4", 2, matches);

        assertThat(matches.count()).isEqualTo(3);
        assertThat(List.of(matches.end(0), matches.end(1), matches.end(2))).containsExactly(4, 5, 7);
        assertThat(matches.patterns(0)).containsExactly(0);
        assertThat(matches.patterns(1)).containsExactly(0);
        assertThat(matches.patterns(2)).containsExactly(1);
    }

    @Test
    void findsNothingAfterAPlaceWhereSomethingElseBegins() {
        PatternSet set = new PatternSet(List.of("ab", "a\\.b"));
        Matches matches = new Matches();

        set.find("axb", 0, matches);

        assertThat(matches.count()).isZero();
        assertThat(matches.read()).isEqualTo(2);
    }

    /** Digits apart from each other begin a number at each; a pattern tried by itself reads each of them some 800 times. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1 ", "4 ", "1-", "12 ", "123456789 ", "4111 1111 1111 1111 ", "a1 ", "1a", "ab12 ", "1:", "x"})
    void readsACharacterAFewTimesWhateverTheTextRepeats(String part) throws InterruptedException {
        String text = part.repeat(10_000);
        Matches matches = new Matches();

        new CodeRecognizer(ALL_CODES).find(text, matches, finding -> {});

        assertThat(matches.read()).isLessThanOrEqualTo(20L * text.length());
    }

    @Test
    void findsTheSameOnManyThreads() throws Exception {
        String text = "card 4111 1111 1111 1111, SSN 078-05-1129, NHS 943 476 5919, 0x" + "ab".repeat(20);
        List<Finding> alone = findings(new CodeRecognizer(ALL_CODES), text);
        CodeRecognizer shared = new CodeRecognizer(ALL_CODES);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Finding>>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> findings(shared, text));
            }
            for (Future<List<Finding>> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo(alone).isNotEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static List<Finding> findings(CodeRecognizer recognizer, String text) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        recognizer.find(text, new Matches(), findings::add);
        return findings;
    }
}
