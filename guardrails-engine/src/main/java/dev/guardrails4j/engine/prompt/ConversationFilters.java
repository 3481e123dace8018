package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters over {@code history}, the conversation so far: what users and assistants said, contract "config and rails" 1.5.
 * What others said (system, tools) is left out, so that a client's system message cannot give orders to a judge; so are
 * messages without content, which only call tools.
 */
final class ConversationFilters {

    private static final Set<Role> SPEAKERS = Set.of(Role.USER, Role.ASSISTANT);

    private ConversationFilters() {}

    static List<Filter> all() {
        return List.of(
                Filter.plain("user_assistant_sequence", (value, arguments) -> sequence(value)),
                Filter.plain("to_chat_messages", (value, arguments) -> chatMessages(value)),
                Filter.plain("colang", (value, arguments) -> ColangHistory.of(turns(value, "colang"))),
                Filter.plain("to_messages", (value, arguments) -> ColangHistory.messages(textOf(value, "to_messages"))),
                new Filter("first_turns", List.of("n"), 1, ConversationFilters::firstTurns),
                new Filter("last_turns", List.of("n"), 1, ConversationFilters::lastTurns));
    }

    private static Object sequence(@Nullable Object value) {
        BoundedText sequence = new BoundedText();
        for (Message turn : turns(value, "user_assistant_sequence")) {
            sequence.append(sequence.length() == 0 ? "" : "\n")
                    .append(turn.role() == Role.USER ? "User: " : "Assistant: ")
                    .append(describe(turn));
        }
        return sequence.toString();
    }

    private static Object chatMessages(@Nullable Object value) {
        return turns(value, "to_chat_messages").stream()
                .map(turn -> new Message(turn.role(), turn.content(), List.of(), Map.of()))
                .toList();
    }

    private static Object firstTurns(@Nullable Object value, FilterArguments arguments) {
        int turns = Math.max(0, arguments.integer("n", 0));
        if (value instanceof CharSequence text) {
            return ColangHistory.firstTurns(text.toString(), turns);
        }
        List<Message> messages = turns(value, "first_turns");
        return messages.subList(0, startOfTurn(messages, turns));
    }

    private static Object lastTurns(@Nullable Object value, FilterArguments arguments) {
        int turns = Math.max(0, arguments.integer("n", 0));
        if (value instanceof CharSequence text) {
            return ColangHistory.lastTurns(text.toString(), turns);
        }
        List<Message> messages = turns(value, "last_turns");
        int all = (int)
                messages.stream().filter(message -> message.role() == Role.USER).count();
        return messages.subList(turns >= all ? 0 : startOfTurn(messages, all - turns), messages.size());
    }

    /** Where the turn after this many turns begins; a turn begins with what the user says. */
    private static int startOfTurn(List<Message> messages, int turns) {
        int seen = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.USER && seen++ == turns) {
                return i;
            }
        }
        return messages.size();
    }

    /** What was said, and whether there was an image. */
    static String describe(Message turn) {
        String text = turn.text();
        boolean isTextOnly = turn.content().stream().allMatch(part -> part.isText());
        return isTextOnly ? text : text.isEmpty() ? "[+ image]" : text + " [+ image]";
    }

    private static List<Message> turns(@Nullable Object value, String filter) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Collection<?> items)) {
            throw needsConversation(filter);
        }
        List<Message> turns = new ArrayList<>(items.size());
        for (Object item : items) {
            Message message = MessageValues.toMessage(item).orElseThrow(() -> needsConversation(filter));
            if (SPEAKERS.contains(message.role()) && !MessageValues.isEmpty(message)) {
                turns.add(message);
            }
        }
        return turns;
    }

    private static String textOf(@Nullable Object value, String filter) {
        if (value == null || value instanceof CharSequence) {
            return ValueText.of(value);
        }
        throw new TemplateException("filter '" + filter + "' needs a text: {{ history | colang | " + filter + " }}");
    }

    private static TemplateException needsConversation(String filter) {
        return new TemplateException("filter '" + filter + "' needs the conversation: {{ history | " + filter + " }}");
    }
}
