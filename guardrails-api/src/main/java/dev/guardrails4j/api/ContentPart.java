package dev.guardrails4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One part of a message's content.
 *
 * @param type the part's type on the wire: {@code "text"}, {@code "image_url"}, {@code "file"}
 * @param text the text of a text part; empty for any other
 * @param fields everything else the part has on the wire, forwarded as it is
 * @since 0.1
 */
public record ContentPart(String type, String text, Map<String, Object> fields) {

    private static final String TEXT = "text";

    public ContentPart {
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(text, "text is null");
        fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A text part. */
    public static ContentPart text(String text) {
        return new ContentPart(TEXT, text, Map.of());
    }

    /** Whether rails can read the part as text. */
    public boolean isText() {
        return type.equals(TEXT);
    }

    /** Whether the part is text and nothing else, so that it may be sent as a plain string. */
    boolean isPlainText() {
        return isText() && fields.isEmpty();
    }

    ContentPart withText(String replacement) {
        return new ContentPart(type, replacement, fields);
    }
}
