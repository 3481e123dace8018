package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of any text in any pieces, through the window of contract "config and rails" 3 and the rails behind it. */
@DisplayName("Issue 7: no way to cut an answer shows what rails forbid, or loses what they allow")
class FuzzedStreamTest {

    private static final List<String> WORDS = List.of(
            "swordfish",
            "sword",
            "fish",
            "s",
            "swordfis",
            "h",
            "Hello",
            "to",
            "you.",
            "9",
            "\uD83D\uDE00",
            "e\u0301",
            "\u4F60",
            "Gr\u00FC\u00DFe",
            "\n",
            "");

    private static final String WORDS_SETTINGS = "  config: {words: {forbidden: [swordfish]}}";

    private static final GenerationRequest TELL_ME = new GenerationRequest(
            List.of(Message.user("Tell me!")),
            Optional.empty(),
            Map.of(),
            Map.of(),
            GenerationOptions.ALL,
            Optional.empty());

    /** Longer than any word, and so cut by the window. */
    private static final Pattern ENDLESS_WORD = Pattern.compile("[\\p{L}\\p{N}]{120,}");

    @TempDir
    private Path folder;

    private final Script script = Script.create();

    @Test
    void blockedWordsAreNeverShownAndAllowedTextsAreShownWhole() throws IOException {
        assertHolds("flows: [check words]", (text, shown) -> {
            assertThat(shown).doesNotContain("swordfish");
            assertThat(text).startsWith(shown);
            if (!text.contains("swordfish")) {
                assertThat(shown).isEqualTo(text);
            }
        });
    }

    @Test
    void rewritingAPieceAtATimeGivesWhatRewritingTheWholeGives() throws IOException {
        assertHolds(
                "flows: ['replace $from=swordfish $to=***']",
                (text, shown) -> assertThat(shown).isEqualTo(text.replace("swordfish", "***")));
    }

    @Test
    void judgesAfterRewritesSeeWhatTheUserSees() throws IOException {
        assertHolds(
                "flows: ['replace $from=swordfish $to=***', check words]",
                (text, shown) -> assertThat(shown).isEqualTo(text.replace("swordfish", "***")));
    }

    private void assertHolds(String flows, Shown rule) throws IOException {
        for (String window : List.of("chunk_size: 1, context_size: 0", "chunk_size: 4, context_size: 3")) {
            Files.writeString(
                    folder.resolve("config.yml"),
                    script.models()
                            + """
                    rails:
                      output:
                        %s
                        streaming: {enabled: true, %s}
                    %s
                    """.formatted(flows, window, flows.contains("check words") ? WORDS_SETTINGS : ""));
            try (Guardrails guardrails = Guardrails.fromPath(folder)) {
                Fuzzer.check(50, FuzzedStreamTest::pieces, pieces -> {
                    String text = String.join("", pieces);
                    List<StreamEvent> events;
                    script.texts(pieces);
                    try (GenerationStream stream = guardrails.stream(TELL_ME)) {
                        events = Streams.events(stream);
                    }
                    if (!ENDLESS_WORD.matcher(text).find()) {
                        rule.check(text, Streams.shown(events));
                    }
                    assertNoCharacterIsCut(events);
                });
            }
        }
    }

    private static void assertNoCharacterIsCut(List<StreamEvent> events) {
        for (int i = 1; i < events.size(); i++) {
            String before = Streams.shown(events.subList(i - 1, i));
            String after = Streams.shown(events.subList(i, i + 1));
            assertThat(!before.isEmpty()
                            && !after.isEmpty()
                            && Character.isSurrogatePair(before.charAt(before.length() - 1), after.charAt(0)))
                    .as("cut within a character: " + events)
                    .isFalse();
        }
    }

    /** What of a text is shown. */
    @FunctionalInterface
    private interface Shown {

        void check(String text, String shown);
    }

    private static List<String> pieces(SeededRandom random) {
        String text = random.oneIn(3)
                ? random.textOf(WORDS, 30)
                : random.textOf(WORDS, 5) + "swordfish".substring(0, random.between(0, 9)) + random.textOf(WORDS, 5);
        return whole(random.pieces(text, random.oneOf(List.of(1, 3, 20))));
    }

    /** As a model's client gives them: no half of a character at their ends. */
    private static List<String> whole(List<String> pieces) {
        List<String> whole = new ArrayList<>();
        String held = "";
        for (String piece : pieces) {
            String all = held + piece;
            boolean isCut = !all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1));
            held = isCut ? all.substring(all.length() - 1) : "";
            whole.add(isCut ? all.substring(0, all.length() - 1) : all);
        }
        whole.add(held);
        return whole;
    }
}
