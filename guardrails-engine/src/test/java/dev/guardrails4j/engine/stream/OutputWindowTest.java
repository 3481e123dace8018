package dev.guardrails4j.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.stream.OutputWindow.Batch;
import dev.guardrails4j.engine.stream.OutputWindow.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputWindowTest {

    @Test
    void checksTheFirstWindowWholeAndEveryLaterOneWithItsContext() {
        List<Batch> batches = batches(new OutputWindow(4, 2), List.of("a ", "b ", "c ", "d ", "e ", "f ", "g "));

        assertThat(batches)
                .containsExactly(
                        new Batch("a b c d ", "a b c d "), new Batch("c d e f ", "e f "), new Batch("e f g ", "g "));
    }

    @Test
    void forgetsWhatWasCheckedWithoutContext() {
        List<Batch> batches = batches(new OutputWindow(2, 0), List.of("a ", "b ", "c ", "d "));

        assertThat(batches).containsExactly(new Batch("a b ", "a b "), new Batch("c d ", "c d "));
    }

    @Test
    void checksEveryChunkWhenTheContextIsAsLargeAsTheWindow() {
        List<Batch> batches = batches(new OutputWindow(2, 3), List.of("a ", "b ", "c ", "d "));

        assertThat(batches).extracting(Batch::release).containsExactly("a b ", "c ", "d ");
        assertThat(batches).extracting(Batch::check).containsExactly("a b ", "a b c ", "a b c d ");
    }

    @Test
    void keepsAWordThatMayGoOn() {
        List<Batch> batches = batches(new OutputWindow(2, 0), List.of("the sw", "ord", "fish ", "is"));

        assertThat(batches).extracting(Batch::check).containsExactly("the ", "swordfish ", "is");
        assertThat(batches).extracting(Batch::release).containsExactly("the ", "swordfish ", "is");
    }

    @Test
    void doesNotWaitForTheEndOfWhatIsNoWord() {
        List<Batch> batches = batches(new OutputWindow(1, 0), List.of("x".repeat(200), "你好", "世界"));

        assertThat(batches).extracting(Batch::release).containsExactly("x".repeat(200), "你好", "世界");
    }

    @Test
    void refusesSizesThatMakeNoWindow() {
        assertThatThrownBy(() -> new OutputWindow(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutputWindow(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,5", "3,1", "4,4", "10,5", "200,50"})
    void releasesEveryCharacterOnceAndNeverBeforeItWasChecked(int chunkSize, int contextSize) {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            List<String> chunks = randomChunks(random);
            OutputWindow window = new OutputWindow(chunkSize, contextSize);
            StringBuilder released = new StringBuilder();
            for (Batch batch : batches(window, chunks)) {
                released.append(batch.release());
                assertThat(batch.release()).isNotEmpty();
                assertThat(batch.check()).endsWith(batch.release());
                assertThat(released.toString()).endsWith(batch.check());
            }
            assertThat(released.toString()).isEqualTo(String.join("", chunks));
        }
    }

    @Test
    void holdsTheContextBackIfRailsMayRewriteIt() {
        List<Batch> batches = batches(OutputWindow.holding(4, 2), List.of("a ", "b ", "c ", "d ", "e ", "f ", "g "));

        assertThat(batches)
                .containsExactly(
                        new Batch("a b c d ", "a b ", "c d "),
                        new Batch("c d e f ", "c d ", "e f "),
                        new Batch("e f g ", "e f g "));
    }

    @Test
    void waitsUntilThereIsMoreThanItHoldsBack() {
        List<Batch> batches = batches(OutputWindow.holding(1, 3), List.of("a ", "b ", "c ", "d ", "e "));

        assertThat(batches)
                .containsExactly(
                        new Batch("a b c d ", "a ", "b c d "),
                        new Batch("b c d e ", "b ", "c d e "),
                        new Batch("c d e ", "c d e "));
    }

    @Test
    void holdsNothingBackOfWhatWasRewritten() {
        OutputWindow window = OutputWindow.holding(3, 2);
        window.add("a ");
        window.add("b ");
        Batch batch = window.add("c ").orElseThrow();

        assertThat(window.rewritten(batch, "a X c ")).isEqualTo(new Release("a b", "a X"));
        assertThat(window.end()).contains(new Batch(" c ", " c "));
    }

    @Test
    void holdsNothingBackIfAllWasRewritten() {
        OutputWindow window = OutputWindow.holding(2, 1);
        window.add("a ");
        Batch batch = window.add("b").orElseGet(() -> window.add(" ").orElseThrow());

        assertThat(window.rewritten(batch, "")).isEqualTo(new Release(batch.check(), ""));
        assertThat(window.end()).isEmpty();
    }

    @Test
    void holdsNoHalfOfACharacter() {
        OutputWindow window = OutputWindow.holding(2, 1);
        window.add("a ");
        Batch batch = window.add("\ud83d\ude00").orElseThrow();

        assertThat(window.rewritten(batch, "a \ud83e\ude00"))
                .isEqualTo(new Release("a \ud83d\ude00", "a \ud83e\ude00"));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,5", "3,1", "4,4", "10,5", "200,50"})
    void releasesEveryCharacterOnceAndHoldsNoneForEver(int chunkSize, int contextSize) {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            List<String> chunks = randomChunks(random);
            OutputWindow window = OutputWindow.holding(chunkSize, contextSize);
            StringBuilder released = new StringBuilder();
            String held = "";
            for (Batch batch : batches(window, chunks)) {
                released.append(batch.release());
                assertThat(batch.check()).startsWith(held).isEqualTo(batch.release() + batch.held());
                assertThat(batch.release()).isNotEmpty();
                held = batch.held();
            }
            assertThat(held).isEmpty();
            assertThat(released.toString()).isEqualTo(String.join("", chunks));
        }
    }

    private static List<String> randomChunks(Random random) {
        List<String> chunks = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            StringBuilder chunk = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                chunk.append(
                        "ab cé9😀\n世".codePointAt(random.nextInt(6)) > 0xFFFF
                                ? "😀"
                                : "ab cé9".charAt(random.nextInt(6)));
            }
            chunks.add(chunk.toString());
        }
        return chunks;
    }

    private static List<Batch> batches(OutputWindow window, List<String> chunks) {
        List<Batch> batches = new ArrayList<>();
        chunks.forEach(chunk -> window.add(chunk).ifPresent(batches::add));
        window.end().ifPresent(batches::add);
        return batches;
    }
}
