package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation as Colang 1.0 writes it, contract "config and rails" 1.5: a line {@code user "..."} for what the user
 * said, a line {@code   "..."} for what the assistant said. There are no intents, for nothing here makes any. Quotes and
 * line breaks within what was said are escaped, which the reference does not do: nobody can put words into another's
 * mouth by writing lines that look like turns.
 */
final class ColangHistory {

    private static final String USER = "user \"";
    private static final String ASSISTANT = "  \"";

    private ColangHistory() {}

    static String of(List<Message> turns) {
        BoundedText history = new BoundedText();
        for (Message turn : turns) {
            history.append(turn.role() == Role.USER ? USER : ASSISTANT)
                    .append(escape(ConversationFilters.describe(turn)))
                    .append("\"\n");
        }
        return history.toString();
    }

    /** What the user said, and all else as what the assistant said: {@code Bot message: "..."} and the like. */
    static List<Message> messages(String history) {
        List<Message> messages = new ArrayList<>();
        List<String> assistantLines = new ArrayList<>();
        for (String line : history.split("\n", -1)) {
            boolean isUserLine = line.startsWith(USER);
            if ((isUserLine || line.isBlank()) && !assistantLines.isEmpty()) {
                messages.add(Message.assistant(String.join("\n", assistantLines)));
                assistantLines.clear();
            }
            if (isUserLine) {
                messages.add(Message.user(
                        unescape(line.substring(USER.length(), Math.max(USER.length(), line.length() - 1)))));
            } else if (!line.isBlank()) {
                assistantLines.add(verbose(line));
            }
        }
        if (!assistantLines.isEmpty()) {
            messages.add(Message.assistant(String.join("\n", assistantLines)));
        }
        return messages;
    }

    private static String verbose(String line) {
        if (line.startsWith(ASSISTANT)) {
            return "Bot message: " + unescape(line.strip());
        }
        if (line.startsWith("bot ")) {
            return "Bot intent: " + line.substring(4).strip();
        }
        if (line.startsWith("user ") || line.startsWith("  ")) {
            return "User intent: "
                    + line.substring(line.startsWith("  ") ? 2 : 5).strip();
        }
        return line;
    }

    static String firstTurns(String history, int turns) {
        String[] lines = history.split("\n", -1);
        int seen = 0;
        int end = 0;
        while (end < lines.length && !(startsTurn(lines[end]) && seen++ == turns)) {
            end++;
        }
        return String.join("\n", List.of(lines).subList(0, end));
    }

    static String lastTurns(String history, int turns) {
        String[] lines = history.split("\n", -1);
        int seen = 0;
        int start = lines.length;
        while (start > 0 && seen < turns) {
            start--;
            seen += startsTurn(lines[start]) ? 1 : 0;
        }
        return String.join("\n", List.of(lines).subList(start, lines.length));
    }

    private static boolean startsTurn(String line) {
        return line.startsWith(USER) || line.startsWith("user action: ");
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                char escaped = text.charAt(i);
                plain.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
