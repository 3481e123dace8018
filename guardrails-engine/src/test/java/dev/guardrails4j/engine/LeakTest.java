package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.StreamEvent.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Rails that rewrite see each batch once: a word is never cut by its border. */
    @ParameterizedTest(name = "chunks of {0} characters, windows of {1}")
    @CsvSource({"1,1", "1,7", "2,3", "3,2", "4,5", "5,1", "7,200", "64,1"})
    void neverShowsAWordThatARailReplaces(int length, int chunkSize) throws IOException {
        try (Guardrails guardrails = replacing(WORD, chunkSize, 0)) {
            for (int offset = 0; offset < 40; offset++) {
                for (String after : List.of(". And on.", "es. And " + WORD + ".", "", " " + WORD)) {
                    assertReplaced(guardrails, WORD, text(WORD, offset, after), length);
                }
            }
        }
    }

    /** Text, and what the model says instead of one, are one text to the rails; so is what calls of tools stand between. */
    @ParameterizedTest(name = "chunks of {0} characters")
    @ValueSource(ints = {1, 3, 4, 9})
    void neverShowsAForbiddenWordWhateverItIsCutBy(int length) throws IOException {
        try (Guardrails guardrails = guardrails(WORD, 3, 1)) {
            for (int offset = 0; offset < 40; offset++) {
                String text = text(WORD, offset, ". And on.");
                List<ChatChunk> chunks = new ArrayList<>();
                for (String piece : chunks(text, length)) {
                    chunks.add(
                            chunks.size() % 2 == 0
                                    ? new ChatChunk("", piece, "", List.of(), "", Optional.empty())
                                    : new ChatChunk("", "", "", List.of(), "", Optional.empty(), piece));
                    chunks.add(new ChatChunk("", "", "", List.of(call(chunks.size())), "", Optional.empty()));
                }
                script.chunks(chunks);
                assertNeverShown(guardrails, text, WORD);
            }
        }
    }

    /** What rails rewrite is held back as far as the context goes: it is to be as long as what they look for. */
    @ParameterizedTest(name = "chunks of {0} characters, windows of {1} of which {2} wait")
    @CsvSource({"1,1,13", "1,7,13", "1,20,13", "2,3,7", "3,2,5", "4,5,4", "5,9,3", "7,200,50", "13,1,1", "13,4,2"})
    void neverShowsAPhraseThatARailReplaces(int length, int chunkSize, int contextSize) throws IOException {
        try (Guardrails guardrails = replacing(PHRASE, chunkSize, contextSize)) {
            for (int offset = 0; offset < 40; offset++) {
                for (String after : List.of(". And on.", " and " + PHRASE + ".", "", " " + PHRASE, PHRASE)) {
                    assertReplaced(guardrails, PHRASE, text(PHRASE, offset, after), length);
                }
            }
        }
    }

    private static ToolCallDelta call(int index) {
        return new ToolCallDelta(index, "call_" + index, "find", "{}");
    }

    private void assertReplaced(Guardrails guardrails, String forbidden, String text, int length) {
        script.texts(chunks(text, length));
        try (GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Tell me!"))))) {
            String shown = Streams.shown(Streams.events(stream));

            assertThat(shown).as(text).isEqualTo(text.replace(forbidden, "***"));
            assertThat(stream.result().text()).as(text).isEqualTo(shown);
        }
    }

    private void assertNeverShown(Guardrails guardrails, String text, int length, String forbidden) {
        script.texts(chunks(text, length));
        assertNeverShown(guardrails, text, forbidden);
    }

    private void assertNeverShown(Guardrails guardrails, String text, String forbidden) {
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

    private Guardrails replacing(String forbidden, int chunkSize, int contextSize) throws IOException {
        Files.writeString(
                folder.resolve("config.yml"), script.models() + """
                rails:
                  output:
                    flows: ['replace $from="%s" $to="***"']
                    streaming: {enabled: true, chunk_size: %d, context_size: %d}
                """.formatted(forbidden, chunkSize, contextSize));
        return Guardrails.fromPath(folder);
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
