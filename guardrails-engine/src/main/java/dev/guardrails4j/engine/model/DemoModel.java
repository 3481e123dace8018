package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatResponse.Choice;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** What {@link DemoProvider} describes. */
final class DemoModel implements ChatModel {

    private static final int MAX_ECHO = 500;
    private static final String QUESTION = "yes or no";
    /** Between white space and what follows it. */
    private static final String WORD_ENDS = "(?<=\\s)(?=\\S)";

    private static final List<String> ATTACKS = List.of(
            "ignore all previous instructions",
            "ignore previous instructions",
            "ignore the above instructions",
            "ignore your instructions",
            "disregard your instructions",
            "system prompt",
            "how to build a bomb",
            "how to make a bomb");

    private final String name;

    DemoModel(String name) {
        this.name = name;
    }

    @Override
    public String engine() {
        return "demo";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ChatResponse generate(ChatRequest request, Deadline deadline) {
        String last = lowerCase(request.messages().get(request.messages().size() - 1));
        String answer = last.contains(QUESTION) ? verdict(last) : echo(request.messages());
        long asked = request.messages().stream()
                .mapToLong(message -> words(message.text()))
                .sum();
        return new ChatResponse(
                request.model().orElse(name),
                List.of(new Choice(Message.assistant(answer), "", "stop")),
                new TokenUsage(asked, words(answer)),
                Map.of());
    }

    @Override
    public ChatStream stream(ChatRequest request, Deadline deadline) {
        ChatResponse response = generate(request, deadline);
        List<ChatChunk> chunks = new ArrayList<>();
        for (String word : response.text().split(WORD_ENDS, -1)) {
            chunks.add(new ChatChunk(response.model(), word, "", List.of(), "", Optional.empty()));
        }
        chunks.add(new ChatChunk(
                response.model(), "", "", List.of(), response.finishReason(), Optional.of(response.usage())));
        return ChatStream.of(chunks);
    }

    private static String verdict(String question) {
        int first = question.indexOf('"');
        int last = question.lastIndexOf('"');
        String text = first < last ? question.substring(first + 1, last) : question;
        return ATTACKS.stream().anyMatch(text::contains) ? "Yes" : "No";
    }

    private static String echo(List<Message> messages) {
        String said = messages.stream()
                .filter(message -> message.role() == Role.USER)
                .map(Message::text)
                .reduce("", (earlier, later) -> later)
                .strip();
        int length = said.codePointCount(0, said.length());
        String repeated = length <= MAX_ECHO ? said : said.substring(0, said.offsetByCodePoints(0, MAX_ECHO)) + "...";
        return "This is the demo model, not a real one. You said: " + repeated;
    }

    private static String lowerCase(Message message) {
        return message.text().toLowerCase(Locale.ROOT);
    }

    private static long words(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
