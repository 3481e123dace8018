package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {

    private static final Labels USUAL = new Labels(Set.of(), Set.of());

    @Test
    void readsTextAndLabelFromTheFieldsNamed() throws BadLineException {
        LineFormat format = new LineFormat("prompt", "kind", Optional.empty(), USUAL, EntityTypes.ALL);

        assertThat(parse(format, "{\"prompt\": \"hi\", \"kind\": \"attack\", \"other\": [1]}"))
                .contains(new LabelledText("f:1", "hi", "attack", true, java.util.List.of()));
        assertThat(parse(format, "{\"prompt\": \"hi\", \"kind\": 0}"))
                .hasValueSatisfying(text -> assertThat(text.positive()).isFalse());
        assertThat(parse(format, "{\"prompt\": \"hi\", \"kind\": true}"))
                .hasValueSatisfying(text -> assertThat(text.positive()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\": \"hi\"                        | is not JSON",
                "{\"text\": \"hi\", \"label\": \"x\"} {} | is not JSON",
                "[1]                                    | is not a JSON object",
                "{\"label\": \"x\"}                     | no string 'text'",
                "{\"text\": 7, \"label\": \"x\"}        | no string 'text'",
                "{\"text\": \"hi\"}                     | 'label'; say with --label-field",
                "{\"text\": \"hi\", \"label\": null}    | 'label'; say with --label-field",
                "{\"text\": \"hi\", \"label\": [\"x\"]} | 'label'; say with --label-field"
            })
    void saysWhyALineCannotBeUsed(String line, String why) {
        LineFormat format = new LineFormat("text", "label", Optional.empty(), USUAL, EntityTypes.ALL);

        assertThatThrownBy(() -> parse(format, line))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        LineFormat format = new LineFormat("text", "label", Optional.empty(), USUAL, EntityTypes.ALL);

        assertThatThrownBy(() -> format.parse("f:1", "{\"text\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void leavesOutLabelsThatAreNeitherPositiveNorNegative() throws BadLineException {
        LineFormat format = new LineFormat(
                "text", "label", Optional.empty(), new Labels(Set.of("attack"), Set.of("Safe")), EntityTypes.ALL);

        assertThat(parse(format, "{\"text\": \"a\", \"label\": \"unsure\"}")).isEmpty();
        assertThat(parse(format, "{\"text\": \"a\", \"label\": \"safe\"}")).isPresent();
    }

    @Test
    void countsOffsetsInCodePoints() throws BadLineException {
        LineFormat format = new LineFormat("text", "label", Optional.of("spans"), USUAL, EntityTypes.ALL);

        assertThat(parse(format, """
                {"text": "\uD83D\uDE00 Ann", "spans": [{"type": "PERSON", "start": 2, "end": 5}]}""")).hasValueSatisfying(text -> {
            assertThat(text.spans()).containsExactly(new Span("PERSON", 3, 6));
            assertThat(text.positive()).isTrue();
        });
    }

    @Test
    void scoresOnlyTheTypesAskedForUnderTheirCommonName() throws BadLineException {
        LineFormat format = new LineFormat(
                "text",
                "label",
                Optional.of("spans"),
                USUAL,
                new EntityTypes(Set.of("LOCATION"), Map.of("CITY", "LOCATION")));

        assertThat(parse(format, """
                {"text": "Ann in Rome", "spans": [{"type": "PERSON", "start": 0, "end": 3},
                  {"type": "CITY", "start": 7, "end": 11}]}"""))
                .hasValueSatisfying(text -> assertThat(text.spans()).containsExactly(new Span("LOCATION", 7, 11)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "3, 3", "0, 4", "a, 3"})
    void refusesSpansOutsideOfTheText(String start, String end) {
        LineFormat format = new LineFormat("text", "label", Optional.of("spans"), USUAL, EntityTypes.ALL);

        assertThatThrownBy(() -> parse(
                        format,
                        "{\"text\": \"Ann\", \"spans\": [{\"type\": \"PERSON\", \"start\": \"%s\", \"end\": \"%s\"}]}"
                                .formatted(start, end)))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining("start < end");
    }

    private static Optional<LabelledText> parse(LineFormat format, String line) throws BadLineException {
        return format.parse("f:1", line.getBytes(StandardCharsets.UTF_8));
    }
}
