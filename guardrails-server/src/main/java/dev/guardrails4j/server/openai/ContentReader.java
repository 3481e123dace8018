package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the content of messages: a string, or a list of parts (contract "chat server" 1.2). */
final class ContentReader {

    private static final String TEXT = "text";
    private static final String IMAGE = "image_url";
    private static final String FILE = "file";
    private static final String REFUSAL = "refusal";
    private static final String TYPE = "type";
    private static final String CACHE_BREAKPOINT = "prompt_cache_breakpoint";

    private ContentReader() {}

    /** What system, developer and tool messages hold: text, which must be there. */
    static List<ContentPart> text(Field content) {
        return read(content, TEXT);
    }

    /** What users say: text, images and files. */
    static List<ContentPart> user(Field content) {
        return read(content, TEXT, IMAGE, FILE);
    }

    /** What the assistant said: text, or that it would not. */
    static List<ContentPart> assistant(Field content) {
        return content.isGiven() ? read(content, TEXT, REFUSAL) : List.of();
    }

    private static List<ContentPart> read(Field content, String... types) {
        if (content.node().isTextual()) {
            return List.of(ContentPart.text(content.node().textValue()));
        }
        if (!content.node().isArray()) {
            content.reject(content.isMissing() ? Field.REQUIRED : "Input should be a valid string or list");
            return List.of();
        }
        List<ContentPart> parts = new ArrayList<>();
        for (Field part : content.items()) {
            if (part.isObject()) {
                part.at(TYPE).oneOf(types).ifPresent(type -> parts.add(part(part, type)));
            }
        }
        return parts;
    }

    private static ContentPart part(Field part, String type) {
        if (type.equals(REFUSAL)) {
            part.at(REFUSAL).string();
            part.forbidOthers(Set.of(TYPE, REFUSAL));
        } else {
            if (type.equals(TEXT)) {
                part.at(TEXT).string();
            } else if (type.equals(IMAGE)) {
                checkImage(part.at(IMAGE));
            } else {
                checkFile(part.at(FILE));
            }
            checkCacheBreakpoint(part.at(CACHE_BREAKPOINT));
            part.forbidOthers(Set.of(TYPE, type, CACHE_BREAKPOINT));
        }
        return type.equals(TEXT)
                ? new ContentPart(
                        TEXT, part.node().path(TEXT).asText(), PlainValues.ofOthers(part.node(), Set.of(TYPE, TEXT)))
                : new ContentPart(type, "", PlainValues.ofOthers(part.node(), Set.of(TYPE)));
    }

    private static void checkImage(Field image) {
        if (image.isObject()) {
            image.at("url").string();
            if (image.at("detail").isGiven()) {
                image.at("detail").oneOf("auto", "low", "high");
            }
            image.forbidOthers(Set.of("url", "detail"));
        }
    }

    private static void checkFile(Field file) {
        if (file.isObject()) {
            List<String> keys = List.of("file_data", "file_id", "filename");
            keys.forEach(key -> file.at(key).optionalString());
            file.forbidOthers(keys);
        }
    }

    private static void checkCacheBreakpoint(Field breakpoint) {
        if (breakpoint.isGiven() && breakpoint.isObject()) {
            breakpoint.at("mode").oneOf("explicit");
            breakpoint.forbidOthers(Set.of("mode"));
        }
    }
}
