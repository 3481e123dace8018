package dev.guardrails4j.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every rail must keep to, as tests to extend:
 *
 * <pre>{@code
 * class CompetitorRailContractTest extends RailContractTest {
 *
 *     @Override
 *     protected RailHarness harness() {
 *         return RailHarness.of(new CompetitorRail()).settings("competitor_check", Map.of("names", List.of("Acme")));
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class RailContractTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 20;
    private static final int HUGE = 1_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** For subclasses. */
    protected RailContractTest() {}

    /**
     * A new harness with a new instance of the rail, and the settings, models and judges that it needs. Set everything that
     * the rail can read, so that its description is held against all of it.
     */
    protected abstract RailHarness harness();

    /** Texts of the rail's own kind to check beside the general ones; best some of each verdict. */
    protected List<String> texts() {
        return List.of();
    }

    @Test
    void isFoundInItsServiceFile() {
        Class<?> type = rail().getClass();

        assertTrue(
                ServiceLoader.load(Rail.class).stream().anyMatch(provider -> provider.type() == type),
                () -> "META-INF/services/" + Rail.class.getName() + " does not name " + type.getName());
    }

    @Test
    void saysWhatItIsAndTheSameEachTime() {
        Rail rail = rail();

        assertAll(
                () -> assertTrue(rail.name().matches("\\S+( \\S+)*"), "name() is not words with single blanks between"),
                () -> assertFalse(rail.name().contains("$"), "name() holds '$', which begins a parameter"),
                () -> assertFalse(rail.stages().isEmpty(), "stages() is empty"),
                () -> assertNotNull(rail.description(), "description() is null"),
                () -> assertNotNull(rail.parameters(), "parameters() is null"),
                () -> assertNotNull(rail.settings(), "settings() is null"),
                () -> assertNotNull(rail.sendsTextTo(), "sendsTextTo() is null"),
                () -> assertEquals(rail.name(), rail().name(), "another instance has another name()"),
                () -> assertEquals(rail.stages(), rail().stages(), "another instance has other stages()"));
    }

    @Test
    void describesWhatItReadsAndReadsWhatItDescribes() {
        RailHarness harness = harness();

        List<String> differences = new ArrayList<>();
        for (Stage stage : harness.rail.stages()) {
            differences.addAll(harness.describedWrongly(stage));
        }

        assertEquals(List.of(), differences.stream().distinct().toList());
    }

    @Test
    void decidesAboutEveryText() {
        eachStage((harness, stage) -> {
            RailCheck check = harness.configure(stage);
            for (String text : allTexts()) {
                String shown = text.length() > 40 ? text.length() + " characters" : '"' + text + '"';
                Verdict verdict = assertTimeoutPreemptively(
                        LONGEST, () -> check.check(harness.context(stage, text)), () -> "checking " + shown);
                assertNotNull(verdict, () -> "no verdict about " + shown);
                assertFalse(
                        verdict instanceof Verdict.Rewrite && !harness.rail.rewrites(),
                        () -> "rewrote " + shown + " without saying so in rewrites()");
            }
        });
    }

    @Test
    void decidesAboutATextWhateverItSawBefore() {
        eachStage((harness, stage) -> {
            List<String> texts = allTexts();
            List<Verdict> forwards = verdicts(harness, harness.configure(stage), stage, texts);
            Collections.reverse(texts);
            List<Verdict> backwards = verdicts(harness, harness.configure(stage), stage, texts);
            Collections.reverse(backwards);

            assertEquals(forwards, backwards, "verdicts depend on what was checked before");
        });
    }

    @Test
    void decidesAlikeInManyThreads() {
        eachStage((harness, stage) -> {
            RailCheck check = harness.configure(stage);
            List<String> texts = new ArrayList<>(allTexts());
            texts.removeIf(text -> text.length() >= HUGE);
            List<Verdict> alone = verdicts(harness, check, stage, texts);
            Callable<Set<List<Verdict>>> work = () -> {
                Set<List<Verdict>> rounds = new HashSet<>();
                for (int round = 0; round < ROUNDS; round++) {
                    rounds.add(verdicts(harness, check, stage, texts));
                }
                return rounds;
            };
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                for (Future<Set<List<Verdict>>> rounds : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                    assertEquals(Set.of(alone), rounds.get(), "verdicts differ when many threads check at once");
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        eachStage((harness, stage) -> {
            RailCheck check = harness.configure(stage);
            Thread thread = new Thread(
                    () -> {
                        try {
                            check.check(harness.context(stage, "a ".repeat(HUGE)));
                        } catch (Exception interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "interrupted check");
            thread.setDaemon(true);
            thread.start();
            thread.interrupt();

            thread.join(TimeUnit.SECONDS.toMillis(LONGEST.toSeconds()));
            assertFalse(thread.isAlive(), "the check goes on after its thread was interrupted");
        });
    }

    private Rail rail() {
        return harness().rail;
    }

    private void eachStage(StageTest test) {
        RailHarness harness = harness();
        for (Stage stage : harness.rail.stages()) {
            assertDoesNotThrow(() -> test.run(harness, stage), () -> "at the stage " + stage);
        }
    }

    private List<String> allTexts() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "Hello!",
                "line\nbreak\ttab\u0000null",
                "Grüße, 你好, مرحبا, שלום, здравствуйте",
                "👩‍👩‍👧 \uD83D broken surrogate \uDE00",
                "${jndi} {{ template }} <script> ' OR 1=1",
                "a".repeat(HUGE)));
        texts.addAll(texts());
        return texts;
    }

    private static List<Verdict> verdicts(RailHarness harness, RailCheck check, Stage stage, List<String> texts)
            throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        for (String text : texts) {
            verdicts.add(check.check(harness.context(stage, text)));
        }
        return verdicts;
    }

    /** What is tested at each stage of the rail. */
    @FunctionalInterface
    private interface StageTest {

        void run(RailHarness harness, Stage stage) throws Exception;
    }
}
