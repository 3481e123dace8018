package dev.guardrails4j.benchmarks.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.server.evaluation.Half;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorMeasuresTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void countsRecallTwiceAsMuchAsPrecision() {
        SpanScore score = new SpanScore();
        score.there(true);
        score.there(false);
        score.claimed(true);

        assertThat(score.recall()).isEqualTo(0.5);
        assertThat(score.precision()).isEqualTo(1);
        assertThat(score.f2()).isEqualTo(5 * 0.5 / 4.5, within(1e-9));
    }

    @Test
    void readsSpansThatCountCharacters() throws Exception {
        Path file = folder.resolve("data.jsonl");
        Files.writeString(
                file,
                "{\"text\": \"\ud83d\ude00 Ada\", \"spans\": [{\"type\": \"PERSON\", \"start\": 2, \"end\": 5}]}\n");

        assertThat(MarkedText.read(file, Half.ALL))
                .containsExactly(new MarkedText("\ud83d\ude00 Ada", List.of(new Finding("PERSON", 3, 6, 1))));
    }

    @Test
    void drawsTheSameFromTheSameSeed() throws Exception {
        assertThat(new SecretSamples(7).samples(1)).isEqualTo(new SecretSamples(7).samples(1));
        assertThat(new NameSentences(7).make(20)).isEqualTo(new NameSentences(7).make(20));
    }

    @Test
    void fillsSlotsWithNamesAndTellsWhereTheyAre() throws Exception {
        for (MarkedText sentence : new NameSentences(1).make(200)) {
            assertThat(sentence.text()).doesNotContain("{person}");
            sentence.spans()
                    .forEach(span -> assertThat(sentence.text().substring(span.start(), span.end()))
                            .isNotBlank());
        }
    }
}
