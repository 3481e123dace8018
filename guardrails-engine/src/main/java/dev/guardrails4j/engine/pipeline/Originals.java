package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What rails have put placeholders in the place of, in one request: kept from the model, and given back to the user. Used by
 * the thread of its request only, and gone with it.
 */
final class Originals {

    /** Shorter ones stand within other words too often to be looked for. */
    private static final int SHORTEST_HIDDEN = 4;

    private final Map<String, String> byPlaceholder = new LinkedHashMap<>();

    void add(Map<String, String> originals) {
        byPlaceholder.putAll(originals);
    }

    boolean isEmpty() {
        return byPlaceholder.isEmpty();
    }

    /** The text with all that placeholders in it stand for. */
    String restored(String text) {
        return restored(text, UnaryOperator.identity());
    }

    /** A message with all that placeholders in its text and its tool calls stand for. */
    Message restored(Message message) {
        if (isEmpty()) {
            return message;
        }
        Message restored = changed(message, this::restored, this::restoredJson);
        String declined = DeclinedText.of(restored);
        String shown = restored(declined);
        return shown.equals(declined) ? restored : DeclinedText.replaced(restored, shown);
    }

    /** JSON with all that placeholders within its strings stand for. */
    String restoredJson(String json) {
        return restored(json, JsonStrings::escaped);
    }

    private String restored(String text, UnaryOperator<String> escape) {
        int open = isEmpty() ? -1 : text.indexOf('<');
        if (open < 0) {
            return text;
        }
        StringBuilder restored = new StringBuilder(text.length());
        int position = 0;
        for (; open >= 0; open = text.indexOf('<', Math.max(position, open + 1))) {
            int end = endOfPlaceholder(text, open);
            String original = byPlaceholder.get(text.substring(open, end));
            if (original != null) {
                restored.append(text, position, open).append(escape.apply(original));
                position = end;
            }
        }
        return restored.append(text, position, text.length()).toString();
    }

    private static int endOfPlaceholder(String text, int open) {
        int limit = Math.min(text.length(), open + Verdict.Rewrite.MAX_PLACEHOLDER_CHARACTERS);
        int end = open + 1;
        while (end < limit && text.charAt(end) != '<' && text.charAt(end - 1) != '>') {
            end++;
        }
        return end;
    }

    /** The conversation without what placeholders stand for, wherever else in it that stands. */
    List<Message> hidden(List<Message> messages) {
        if (isEmpty()) {
            return messages;
        }
        List<Map.Entry<String, String>> longestFirst = byPlaceholder.entrySet().stream()
                .filter(entry -> entry.getValue().length() >= SHORTEST_HIDDEN)
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, String> entry) -> -entry.getValue().length()))
                .toList();
        return messages.stream()
                .map(message -> changed(
                        message,
                        text -> hidden(text, longestFirst, UnaryOperator.identity()),
                        json -> hidden(json, longestFirst, JsonStrings::escaped)))
                .toList();
    }

    private static String hidden(String text, List<Map.Entry<String, String>> originals, UnaryOperator<String> escape) {
        String hidden = text;
        for (Map.Entry<String, String> entry : originals) {
            hidden = hidden.replace(escape.apply(entry.getValue()), entry.getKey());
        }
        return hidden;
    }

    private static Message changed(Message message, UnaryOperator<String> ofText, UnaryOperator<String> ofArguments) {
        List<ContentPart> parts = message.content().stream()
                .map(part ->
                        part.isText() ? new ContentPart(part.type(), ofText.apply(part.text()), part.fields()) : part)
                .toList();
        Message changed =
                new Message(message.role(), parts, changed(message.toolCalls(), ofArguments), message.fields());
        return changed.equals(message) ? message : changed;
    }

    private static List<ToolCall> changed(List<ToolCall> calls, UnaryOperator<String> ofArguments) {
        return calls.stream()
                .map(call -> new ToolCall(call.id(), call.name(), ofArguments.apply(call.arguments())))
                .toList();
    }

    /** Restores what comes piece by piece. */
    Stream stream() {
        return new Stream();
    }

    /** A text that comes piece by piece: the beginning of what may be a placeholder waits for the rest of it. */
    final class Stream {

        private String held = "";

        /** What may be shown, now that this has come; may be empty. */
        String add(String piece) {
            if (isEmpty()) {
                return piece;
            }
            String text = restored(held + piece);
            int open = text.lastIndexOf('<');
            boolean waits = open >= 0
                    && text.length() - open < Verdict.Rewrite.MAX_PLACEHOLDER_CHARACTERS
                    && isBeginning(text.substring(open));
            held = waits ? text.substring(open) : "";
            return waits ? text.substring(0, open) : text;
        }

        private boolean isBeginning(String end) {
            return byPlaceholder.keySet().stream().anyMatch(placeholder -> placeholder.startsWith(end));
        }

        /** What still waits when nothing more comes. */
        String end() {
            String rest = held;
            held = "";
            return rest;
        }
    }
}
