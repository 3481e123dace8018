package dev.guardrails4j.engine.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text within strings of JSON. */
final class JsonStrings {

    private JsonStrings() {}

    /** A text as it stands between the quotation marks of a string. */
    static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
