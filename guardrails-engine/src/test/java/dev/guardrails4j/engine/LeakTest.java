package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.StreamEvent.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rail forbids never reaches the reader, wherever the borders of chunks and windows fall: issue 3. */
class LeakTest {

    private static final String WORD = "swordfish";
    private static final String PHRASE = "sword of fish";

    @TempDir
    private Path folder;

    private final Script script = Script.create();

    @ParameterizedTest(name = "chunks of {0} characters, windows of {1} with {2} before")
    @CsvSource({"1,1,0", "1,7,0", "1,10,3", "2,3,0", "3,2,1", "4,5,5", "5,1,4", "7,200,50"})
    void neverShowsAForbiddenWord(int length, int chunkSize, int contextSize) throws IOException {
        try (Guardrails guardrails = guardrails(WORD, chunkSize, contextSize)) {
            for (int offset = 0; offset < 40; offset++) {
                assertNeverShown(guardrails, text(WORD, offset, ". And on."), length, WORD);
                assertNeverShown(guardrails, text(WORD, offset, "es. And on."), length, WORD);
            }
        }
    }

    /** A phrase is longer than a word: the context has to be as long as it is. */
    @ParameterizedTest(name = "chunks of {0} characters, windows of {1} with {2} before")
    @CsvSource({"1,1,13", "1,7,13", "1,20,13", "2,3,7", "3,2,5", "4,5,4", "7,200,50", "13,1,1"})
    void neverShowsAForbiddenPhrase(int length, int chunkSize, int contextSize) throws IOException {
        try (Guardrails guardrails = guardrails(PHRASE, chunkSize, contextSize)) {
            for (int offset = 0; offset < 40; offset++) {
                assertNeverShown(guardrails, text(PHRASE, offset, ". And on."), length, PHRASE);
                assertNeverShown(guardrails, text(PHRASE, offset, "es. And on."), length, PHRASE);
            }
        }
    }

    private void assertNeverShown(Guardrails guardrails, String text, int length, String forbidden) {
        script.texts(chunks(text, length));
        try (GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Tell me!"))))) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(Streams.shown(events)).as(text).doesNotContain(forbidden);
            assertThat(events).as(text).last().isInstanceOf(Violation.class);
            assertThat(stream.result().text()).as(text).doesNotContain(forbidden);
        }
    }

    private static String text(String forbidden, int offset, String after) {
        return "a bc def ".repeat(5).substring(0, offset) + " " + forbidden + after;
    }

    private static List<String> chunks(String text, int length) {
        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < text.length(); i += length) {
            chunks.add(text.substring(i, Math.min(text.length(), i + length)));
        }
        return chunks;
    }

    private Guardrails guardrails(String forbidden, int chunkSize, int contextSize) throws IOException {
        Files.writeString(
                folder.resolve("config.yml"), script.models() + """
                rails:
                  output:
                    flows: [check words]
                    streaming: {enabled: true, chunk_size: %d, context_size: %d}
                  config:
                    words: {forbidden: ["%s"]}
                """.formatted(chunkSize, contextSize, forbidden));
        return Guardrails.fromPath(folder);
    }
}
