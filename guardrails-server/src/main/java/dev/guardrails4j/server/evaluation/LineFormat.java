package dev.guardrails4j.server.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a line of a data file says what it is about. Immutable; safe for use by many threads.
 *
 * @param textField the field with the text
 * @param labelField the field with the label: a string, number or boolean. May be missing where there are spans
 * @param spansField the field with what should be found, a list of {@code {type, start, end}} with offsets in code points,
 *     as Python counts; empty if the data has none
 * @param labels which labels mean that a text should be caught
 * @param entities which types of spans count; a text without a label is positive if it has one of them
 */
public record LineFormat(
        String textField, String labelField, Optional<String> spansField, Labels labels, EntityTypes entities) {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private static final String HAS_SPANS = "has spans";
    private static final String NO_SPANS = "no spans";

    /**
     * Reads a line.
     *
     * @param place where it stands
     * @param line in UTF-8, without the line break
     * @return empty if its label is one that the caller left out
     */
    Optional<LabelledText> parse(String place, byte[] line) throws BadLineException {
        JsonNode row = json(line);
        if (!row.isObject()) {
            throw new BadLineException("is not a JSON object");
        }
        JsonNode text = row.path(textField);
        if (!text.isTextual()) {
            throw new BadLineException(
                    "has no string '%s'; say with --text-field where the text is".formatted(textField));
        }
        List<Span> spans = spansField.isPresent() ? spans(row, spansField.get(), text.textValue()) : List.of();
        JsonNode label = row.path(labelField);
        if (label.isMissingNode() && spansField.isPresent()) {
            boolean positive = !spans.isEmpty();
            return Optional.of(
                    new LabelledText(place, text.textValue(), positive ? HAS_SPANS : NO_SPANS, positive, spans));
        }
        if (!label.isValueNode() || label.isNull()) {
            throw new BadLineException(
                    "has no string, number or boolean '%s'; say with --label-field where the label is"
                            .formatted(labelField));
        }
        return labels.isPositive(label.asText())
                .map(positive -> new LabelledText(place, text.textValue(), label.asText(), positive, spans));
    }

    private static JsonNode json(byte[] line) throws BadLineException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return JSON.readValue(text);
        } catch (CharacterCodingException e) {
            throw new BadLineException("is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new BadLineException("is not JSON");
        }
    }

    private List<Span> spans(JsonNode row, String field, String text) throws BadLineException {
        JsonNode given = row.path(field);
        if (!given.isArray()) {
            throw new BadLineException("has no list '%s'; say with --spans-field where the spans are".formatted(field));
        }
        int length = text.codePointCount(0, text.length());
        List<Span> spans = new ArrayList<>();
        for (JsonNode span : given) {
            int start = span.path("start").asInt(-1);
            int end = span.path("end").asInt(-1);
            if (!span.path("type").isTextual() || start < 0 || end <= start || end > length) {
                throw new BadLineException(
                        "has a span in '%s' that is not {type, start, end} with 0 <= start < end <= length"
                                .formatted(field));
            }
            Optional<String> type = entities.scored(span.path("type").textValue());
            if (type.isPresent()) {
                spans.add(new Span(type.get(), text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)));
            }
        }
        return spans;
    }
}
