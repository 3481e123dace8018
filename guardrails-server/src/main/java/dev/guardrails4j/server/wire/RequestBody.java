package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Parses the body of a request into a tree, within limits of depth and size. Contract "chat server" 1.1. */
public final class RequestBody {

    private static final String WHOLE = "body";
    private static final int DEEPEST = 100;

    // The length of strings is bounded by the length of the body.
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(Json.BUFFERS)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private RequestBody() {}

    /**
     * The object that a body holds.
     *
     * @throws RequestException if it holds none
     */
    public static Field parse(byte[] body) {
        JsonNode tree = tree(body);
        Violations violations = new Violations();
        Field whole = Field.body(tree, violations);
        if (!tree.isObject()) {
            whole.reject(tree.isMissingNode() || tree.isNull() ? Field.REQUIRED : Field.NOT_A_MODEL);
        } else if (!isSpeakable(tree)) {
            rejectUnspeakable(whole);
        }
        violations.throwIfAny();
        return whole;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return READER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw RequestException.invalid(
                    WHOLE, "JSON is nested more than " + DEEPEST + " levels deep or holds a too long name or number");
        } catch (JsonProcessingException e) {
            throw RequestException.invalid(WHOLE + "." + offset(e, body), "JSON decode error");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The character, counted from 0, at which the text stops being JSON. */
    private static int offset(JsonProcessingException e, byte[] body) {
        long bytes = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
        int length = (int) Math.max(0, Math.min(bytes, body.length));
        String before = new String(body, 0, length, StandardCharsets.UTF_8);
        return before.codePointCount(0, before.length());
    }

    /** Whether all of it can be passed on: JSON can spell half a character, and a number beyond all bounds. */
    private static boolean isSpeakable(JsonNode node) {
        if (node.isTextual()) {
            return !hasLoneSurrogate(node.textValue());
        }
        if (node.isDouble()) {
            return Double.isFinite(node.doubleValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (hasLoneSurrogate(member.getKey())) {
                return false;
            }
        }
        for (JsonNode value : node) {
            if (!isSpeakable(value)) {
                return false;
            }
        }
        return true;
    }

    private static void rejectUnspeakable(Field field) {
        if (field.node().isTextual()) {
            field.reject(Field.NOT_A_STRING + ", unable to parse raw data as a unicode string");
        } else if (field.node().isDouble()) {
            field.reject("Input should be a finite number");
        } else if (field.node().isArray()) {
            field.items().stream().filter(item -> !isSpeakable(item.node())).forEach(RequestBody::rejectUnspeakable);
        } else {
            field.node().fieldNames().forEachRemaining(name -> {
                if (hasLoneSurrogate(name)) {
                    field.reject("Keys should be valid strings, unable to parse raw data as a unicode string");
                } else if (!isSpeakable(field.at(name).node())) {
                    rejectUnspeakable(field.at(name));
                }
            });
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                if (index + 1 == text.length()
                        || !Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1))) {
                    return true;
                }
                index++;
            }
        }
        return false;
    }
}
