package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks of the events of OpenAI's chat completions API. Only the first choice is read. Why the answer ended and the
 * tokens spent are kept for the last chunk, which every complete answer has.
 */
final class StreamedAnswer {

    private final RefusalReader refusals;
    private final int maxLength;
    private final StreamedReasoning thinking = new StreamedReasoning();
    private final WholeCharacters textCharacters = new WholeCharacters();
    private final WholeCharacters reasoningCharacters = new WholeCharacters();
    private final WholeCharacters refusalCharacters = new WholeCharacters();
    private final StreamedToolCalls toolCalls = new StreamedToolCalls();
    private long length;
    private String model = "";
    private String finishReason = "";
    private Optional<TokenUsage> usage = Optional.empty();
    private boolean hasMessage;

    /**
     * @param refusals reads refusals in the stream
     * @param maxLength how long text, reasoning and arguments may be together, in characters
     */
    StreamedAnswer(RefusalReader refusals, int maxLength) {
        this.refusals = refusals;
        this.maxLength = maxLength;
    }

    /** Whether the endpoint has said why the answer ended. */
    boolean isComplete() {
        return !finishReason.isEmpty();
    }

    /**
     * What an event brings; empty if that is nothing to show.
     *
     * @throws ModelException if it is a refusal, or no part of an answer
     */
    Optional<ChatChunk> next(WireObject event) {
        if (event.value("error").isPresent()
                || event.string("object").filter("error"::equals).isPresent()) {
            throw refusals.readFromSuccess(event);
        }
        event.string("model").filter(name -> !name.isEmpty()).ifPresent(name -> model = name);
        Optional<TokenUsage> told = AnswerReader.usage(event);
        if (told.isPresent()) {
            usage = told;
        }
        Optional<Object> choices = event.value("choices");
        if (choices.isEmpty() && told.isPresent()) {
            return Optional.empty();
        }
        if (!(choices.orElse("") instanceof List<?> list)) {
            throw TransportFailure.notAnAnswer("a part of it has no choices");
        }
        for (int i = 0; i < list.size(); i++) {
            WireObject choice = choice(list.get(i));
            boolean hasIndex =
                    choice.value("index").filter(Number.class::isInstance).isPresent();
            if (hasIndex ? choice.count("index") == 0 : i == 0) {
                return read(choice);
            }
        }
        return Optional.empty();
    }

    /**
     * The last chunk, with what was held back.
     *
     * @throws ModelException if there was no answer
     */
    ChatChunk end() {
        if (!hasMessage) {
            throw TransportFailure.notAnAnswer("it has no message");
        }
        ReasoningText rest = thinking.end();
        String text = textCharacters.next(rest.text()) + textCharacters.end();
        String reasoning = reasoningCharacters.next(rest.reasoning()) + reasoningCharacters.end();
        String refusal = refusalCharacters.end();
        String otherwise = toolCalls.isEmpty() ? "stop" : "tool_calls";
        return new ChatChunk(
                model,
                text,
                reasoning,
                toolCalls.end(),
                finishReason.isEmpty() ? otherwise : finishReason,
                usage,
                refusal);
    }

    private Optional<ChatChunk> read(WireObject choice) {
        choice.string("finish_reason").ifPresent(reason -> finishReason = reason);
        Optional<Object> part = choice.value("delta").or(() -> choice.value("message"));
        if (part.isEmpty()) {
            return Optional.empty();
        }
        hasMessage = true;
        WireObject delta = WireObject.of(part.get())
                .orElseThrow(() -> TransportFailure.notAnAnswer("a part of its message is not an object"));
        List<String> reasoning = new ArrayList<>();
        delta.string("reasoning_content")
                .filter(text -> !text.isEmpty())
                .or(() -> delta.string("reasoning"))
                .ifPresent(reasoning::add);
        ReasoningText content = thinking.next(bounded(content(delta, reasoning)));
        String thought = bounded(String.join("", reasoning));
        String shownReasoning = reasoningCharacters.next(thought + content.reasoning());
        String shownText = textCharacters.next(content.text());
        String refusal = refusalCharacters.next(bounded(delta.string("refusal").orElse("")));
        List<ToolCallDelta> calls = toolCalls(delta);
        return shownText.isEmpty() && shownReasoning.isEmpty() && refusal.isEmpty() && calls.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChatChunk(model, shownText, shownReasoning, calls, "", Optional.empty(), refusal));
    }

    private List<ToolCallDelta> toolCalls(WireObject delta) {
        if (!(delta.value("tool_calls").orElse(List.of()) instanceof List<?> parts)) {
            throw TransportFailure.notAnAnswer("its tool calls are not a list");
        }
        List<ToolCallDelta> calls = toolCalls.next(parts);
        calls.forEach(call -> bounded(call.arguments()));
        return calls;
    }

    private String bounded(String piece) {
        length += piece.length();
        if (length > maxLength) {
            throw TransportFailure.notAnAnswer("it is longer than " + maxLength + " characters");
        }
        return piece;
    }

    private static WireObject choice(@Nullable Object value) {
        return WireObject.of(value).orElseThrow(() -> TransportFailure.notAnAnswer("a choice is not an object"));
    }

    /** The text of the content, without its parts that are reasoning, which are added to {@code reasoning}. */
    private static String content(WireObject delta, List<String> reasoning) {
        Object content = delta.value("content").orElse("");
        if (content instanceof String text) {
            return text;
        }
        if (!(content instanceof List<?> parts)) {
            throw TransportFailure.notAnAnswer("a message's content is neither text nor a list");
        }
        return parts.stream()
                .map(item -> WireObject.of(item)
                        .orElseThrow(() -> TransportFailure.notAnAnswer("a part of a message is not an object")))
                .map(part -> {
                    if (AnswerReader.isReasoning(part.string("type").orElse(""))) {
                        AnswerReader.texts(part).forEach(reasoning::add);
                        return "";
                    }
                    return part.string("text").orElse("");
                })
                .collect(Collectors.joining());
    }
}
