package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatResponse.Choice;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads successful answers of OpenAI's chat completions API. */
final class AnswerReader {

    private static final Set<String> MESSAGE_FIELDS =
            Set.of("role", "content", "tool_calls", "reasoning_content", "reasoning", "reasoning_details", "thinking");
    private static final Set<String> PART_FIELDS = Set.of("type", "text");
    private static final Set<String> REASONING_PARTS = Set.of("thinking", "reasoning");

    private final RefusalReader refusals;

    /** @param refusals reads refusals that come as successes */
    AnswerReader(RefusalReader refusals) {
        this.refusals = refusals;
    }

    /** @throws ModelException if it is not an answer */
    ChatResponse read(HttpAnswer answer) {
        String contentType = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (contentType.startsWith("text/html") || contentType.startsWith("text/event-stream")) {
            throw TransportFailure.notAnAnswer("it is no JSON but " + contentType.replaceFirst("[^a-z/-].*", ""));
        }
        return read(answer.body());
    }

    /**
     * Reads JSON, whatever it was said to be.
     *
     * @throws ModelException if it is not an answer
     */
    ChatResponse read(byte[] json) {
        Map<String, Object> raw = WireJson.object(json)
                .orElseThrow(() -> TransportFailure.notAnAnswer("its body is not a JSON object within the limits"));
        WireObject body = new WireObject(raw);
        List<?> choices = body.list("choices");
        if (choices.isEmpty()) {
            throw body.value("error").isPresent()
                    ? refusals.readFromSuccess(body)
                    : TransportFailure.notAnAnswer("it has no choices");
        }
        return new ChatResponse(
                body.string("model").orElse(""),
                choices.stream().map(AnswerReader::choice).toList(),
                usage(body).orElse(TokenUsage.NONE),
                raw);
    }

    /** The tokens spent, if a body tells. */
    static Optional<TokenUsage> usage(WireObject body) {
        return body.object("usage")
                .map(usage -> new TokenUsage(usage.count("prompt_tokens"), usage.count("completion_tokens")));
    }

    private static Choice choice(@Nullable Object value) {
        WireObject choice =
                WireObject.of(value).orElseThrow(() -> TransportFailure.notAnAnswer("a choice is not an object"));
        WireObject message =
                choice.object("message").orElseThrow(() -> TransportFailure.notAnAnswer("a choice has no message"));
        List<ToolCall> toolCalls =
                message.list("tool_calls").stream().map(AnswerReader::toolCall).toList();
        List<String> reasoning = new ArrayList<>();
        message.string("reasoning_content")
                .or(() -> message.string("reasoning"))
                .ifPresent(reasoning::add);
        List<ContentPart> content = content(message, reasoning);
        return new Choice(
                new Message(Role.ASSISTANT, content, toolCalls, message.without(MESSAGE_FIELDS)),
                reasoning.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n")),
                choice.string("finish_reason").orElse(toolCalls.isEmpty() ? "stop" : "tool_calls"));
    }

    /** The content without its reasoning, which is added to {@code reasoning}. */
    private static List<ContentPart> content(WireObject message, List<String> reasoning) {
        Object content = message.value("content").orElse(List.of());
        if (content instanceof String text) {
            return List.of(ContentPart.text(answer(text, reasoning)));
        }
        if (!(content instanceof List<?> list)) {
            throw TransportFailure.notAnAnswer("a message's content is neither text nor a list");
        }
        List<ContentPart> parts = new ArrayList<>();
        for (Object item : list) {
            WireObject part = WireObject.of(item)
                    .orElseThrow(() -> TransportFailure.notAnAnswer("a part of a message is not an object"));
            String type = part.string("type")
                    .orElseThrow(() -> TransportFailure.notAnAnswer("a part of a message has no type"));
            if (isReasoning(type)) {
                texts(part).forEach(reasoning::add);
            } else {
                String text = part.string("text").orElse("");
                parts.add(new ContentPart(type, answer(text, reasoning), part.without(PART_FIELDS)));
            }
        }
        return parts;
    }

    private static String answer(String text, List<String> reasoning) {
        ReasoningText taken = ReasoningText.of(text);
        reasoning.add(taken.reasoning());
        return taken.text();
    }

    /** Whether parts of this type hold reasoning. */
    static boolean isReasoning(String partType) {
        return REASONING_PARTS.contains(partType);
    }

    /** The texts of a part that holds reasoning: one, or a list of parts of text. */
    static Stream<String> texts(WireObject part) {
        return Stream.concat(
                Stream.concat(part.string("text").stream(), part.string("thinking").stream()),
                part.list("thinking").stream()
                        .flatMap(inner -> WireObject.of(inner).stream())
                        .flatMap(inner -> inner.string("text").stream()));
    }

    private static ToolCall toolCall(@Nullable Object value) {
        WireObject call =
                WireObject.of(value).orElseThrow(() -> TransportFailure.notAnAnswer("a tool call is not an object"));
        WireObject function = call.object("function")
                .orElseThrow(() -> TransportFailure.notAnAnswer("a tool call names no function"));
        String name = function.string("name")
                .orElseThrow(() -> TransportFailure.notAnAnswer("a tool call's function has no name"));
        Object arguments = function.value("arguments").orElse("{}");
        return new ToolCall(
                call.string("id").filter(id -> !id.isEmpty()).orElseGet(AnswerReader::newId),
                name,
                arguments instanceof String text ? text : WireJson.text(arguments));
    }

    /** The id of a call that came without one. */
    static String newId() {
        return String.format("call_%08x", ThreadLocalRandom.current().nextInt());
    }
}
