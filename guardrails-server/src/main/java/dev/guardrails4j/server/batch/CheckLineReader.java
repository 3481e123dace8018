package dev.guardrails4j.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.checks.MessageListReader;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.TextLines.Line;
import dev.guardrails4j.server.wire.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a line has to check. One that begins with <code>{</code> is a JSON object: with a text, with a conversation in
 * {@code messages}, or with neither, which is wrong. Any other is a text. Immutable; safe for use by many threads.
 *
 * @param textField the field with the text
 * @param speaker who says it where the line does not say
 */
public record CheckLineReader(String textField, Speaker speaker) {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MOST_PROBLEMS = 3;
    private static final String ID = "id";
    private static final String ROLE = "role";
    private static final String MESSAGES = "messages";

    /**
     * What is to be checked.
     *
     * @param id what the line calls itself, a string or number
     */
    record Content(Optional<JsonNode> id, List<Message> messages) {}

    /** @throws BadLineException if it cannot be used; the message does not quote it */
    Content read(Line line) throws BadLineException {
        if (line.isTooLong()) {
            throw new BadLineException(Optional.empty(), "is longer than %,d bytes".formatted(line.bytes().length));
        }
        String text = text(line);
        return text.stripLeading().startsWith("{")
                ? object(text)
                : new Content(Optional.empty(), List.of(speaker.message(text)));
    }

    private static String text(Line line) throws BadLineException {
        byte[] bytes = line.bytes();
        boolean isMarked = line.number() == 1
                && bytes.length >= 3
                && ByteBuffer.wrap(bytes, 0, 3).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
        int start = isMarked ? BYTE_ORDER_MARK.length : 0;
        int end = bytes.length > start && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadLineException(Optional.empty(), "is not UTF-8");
        }
    }

    private Content object(String text) throws BadLineException {
        Field object;
        try {
            object = RequestBody.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (RequestException e) {
            throw new BadLineException(Optional.empty(), "is not a JSON object: " + problem(e));
        }
        Optional<JsonNode> id = Optional.of(object.at(ID).node())
                .filter(node -> node.isTextual() || node.isNumber() || node.isBoolean());
        if (object.at(textField).node().isTextual()) {
            return new Content(
                    id,
                    List.of(speaker(object.at(ROLE), id)
                            .message(object.at(textField).node().textValue())));
        }
        if (!object.at(MESSAGES).isGiven()) {
            throw new BadLineException(
                    id,
                    "has neither a string '%s' nor 'messages'; say with --text-field where the text is"
                            .formatted(textField));
        }
        List<Message> messages = MessageListReader.read(object.at(MESSAGES));
        try {
            object.violations().throwIfAny();
        } catch (RequestException e) {
            throw new BadLineException(id, "has messages that are none of a chat request: " + problem(e));
        }
        return new Content(id, messages);
    }

    private Speaker speaker(Field role, Optional<JsonNode> id) throws BadLineException {
        if (!role.isGiven()) {
            return speaker;
        }
        return Speaker.find(role.node().asText())
                .orElseThrow(() -> new BadLineException(id, "has a role other than " + Speaker.names()));
    }

    /** What is wrong, where in the line; of a message, what is wrong with it as one of its role. */
    private static String problem(RequestException refusal) {
        List<String> others = refusal.violations().stream()
                .map(Violation::location)
                .filter(location -> location.endsWith("." + ROLE))
                .map(location -> location.substring(0, location.length() - ROLE.length()))
                .toList();
        List<Violation> meant = refusal.violations().stream()
                .filter(violation -> others.stream().noneMatch(violation.location()::startsWith))
                .toList();
        return (meant.isEmpty() ? refusal.violations() : meant)
                .stream()
                        .limit(MOST_PROBLEMS)
                        .map(violation -> told(violation.location()) + ": " + violation.message())
                        .collect(Collectors.joining("; "));
    }

    private static String told(String location) {
        return location.replaceFirst("^body\\.?", "").replaceAll("ChatCompletion\\w+MessageParam\\.", "");
    }
}
