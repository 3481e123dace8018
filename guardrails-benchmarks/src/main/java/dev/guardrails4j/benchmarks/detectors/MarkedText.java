package dev.guardrails4j.benchmarks.detectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of a data set in which is marked what should be found.
 *
 * @param spans what is in it, in the data set's own words, in the order of the text
 */
record MarkedText(String text, List<Finding> spans) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads JSON Lines with {@code text} and, if there are any, {@code spans}: type, start and end in characters. */
    static List<MarkedText> read(Path file, Half half) throws IOException {
        List<MarkedText> texts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = JSON.readTree(line);
            String text = row.path("text").textValue();
            if (text != null && half.has(text)) {
                texts.add(new MarkedText(text, spans(text, row.path("spans"))));
            }
        }
        return texts;
    }

    private static List<Finding> spans(String text, JsonNode rows) {
        List<Finding> spans = new ArrayList<>();
        for (JsonNode span : rows) {
            spans.add(new Finding(
                    span.path("type").textValue(),
                    text.offsetByCodePoints(0, span.path("start").intValue()),
                    text.offsetByCodePoints(0, span.path("end").intValue()),
                    1));
        }
        spans.sort((left, right) -> Integer.compare(left.start(), right.start()));
        return spans;
    }
}
