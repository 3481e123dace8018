package dev.guardrails4j.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FuzzerTest {

    @Test
    void makesTheSameInputsEachTime() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        Fuzzer.check(200, random -> random.text(50), first::add);
        Fuzzer.check(200, random -> random.text(50), second::add);

        assertEquals(first, second);
        assertTrue(new LinkedHashSet<>(first).size() > 150, "the inputs hardly differ");
    }

    @Test
    void tellsTheSeedThatMakesTheInputAgain() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Fuzzer.check(1_000, random -> random.text(20), text -> {
                    if (text.contains("\uD83D\uDE00")) {
                        throw new IllegalStateException("smiles");
                    }
                }));

        Matcher seed = Pattern.compile("-Dfuzz\\.seed=(\\d+): ").matcher(failure.getMessage());
        assertTrue(seed.find(), failure.getMessage());
        String again = new SeededRandom(Long.parseLong(seed.group(1))).text(20);
        assertAll(
                () -> assertTrue(again.contains("\uD83D\uDE00"), again),
                () -> assertTrue(failure.getMessage().contains("\\uD83D\\uDE00"), failure.getMessage()),
                () -> assertEquals("smiles", failure.getCause().getMessage()));
    }

    @Test
    void takesAStackThatIsFullForAFailure() {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> Fuzzer.check(1, random -> random.text(1), FuzzerTest::overflow));

        assertEquals(StackOverflowError.class, failure.getCause().getClass());
    }

    private static void overflow(String text) {
        overflow(text + "x");
    }

    @Test
    void failsWhereAnInputNeverEnds() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Fuzzer.check(
                        1, random -> "endless", text -> Thread.sleep(Long.MAX_VALUE), Duration.ofMillis(50)));

        assertAll(
                () -> assertTrue(failure.getMessage().contains("-Dfuzz.seed=1: endless"), failure.getMessage()),
                () -> assertTrue(failure.getMessage().contains("Thread.sleep"), failure.getMessage()));
    }

    @Test
    void cutsTextsIntoPiecesThatMakeTheWhole() {
        Fuzzer.check(200, random -> random, random -> {
            String text = random.text(100);
            assertEquals(text, String.join("", random.pieces(text, 7)));
        });
    }
}
