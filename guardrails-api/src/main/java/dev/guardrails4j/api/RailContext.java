package dev.guardrails4j.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One text under check, and what surrounds it.
 *
 * @since 0.1
 */
public interface RailContext extends CallContext {

    /** The stage the conversation is at. */
    Stage stage();

    /** The text under check, as earlier rails of the stage left it; never {@code null}, may be empty. */
    String text();

    /**
     * The parts that the text under check was found in, texts and all others, in their order: those of the user's messages at
     * {@link Stage#INPUT}, those of a tool's message for its {@linkplain #toolResult() result}. Texts are as earlier rails
     * left them. Unmodifiable; empty for a text that was not found in messages.
     */
    default List<ContentPart> parts() {
        return List.of();
    }

    /** What the user last wrote, as the input rails left it; empty if nothing. At {@link Stage#INPUT} this is {@link #text()}. */
    String userText();

    /** What the model answered, as the output rails left it so far; empty before the model has answered. */
    String botText();

    /** The model's reasoning behind its answer, if it gave one. */
    Optional<String> reasoning();

    /**
     * What the main model is asked, to answer: the {@linkplain #messages() conversation}, with the configuration's
     * instructions and what retrieval found; unmodifiable.
     *
     * @since 0.1
     */
    default List<Message> prompt() {
        return messages();
    }

    /** What retrieval found for this turn, the context variable {@code relevant_chunks}; unmodifiable. */
    List<String> relevantChunks();

    /**
     * The call of a tool whose arguments are the text under check; empty if the text is something else. Its arguments are
     * those that earlier rails left.
     */
    default Optional<ToolCall> toolCall() {
        return Optional.empty();
    }

    /** The result of a tool that is the text under check, as earlier rails left it; empty if the text is something else. */
    default Optional<ToolResult> toolResult() {
        return Optional.empty();
    }

    /**
     * Which call of the model's answer, or which of the {@link #messages()}, {@link #toolCall()} or {@link #toolResult()}
     * is; counted from 0, and 0 if the text is neither.
     */
    default int toolIndex() {
        return 0;
    }

    /**
     * The tools that the request offers to the model, as the OpenAI chat API describes them, in JSON-like values;
     * unmodifiable, empty if it offers none. They are the caller's: not to be trusted.
     */
    default List<Map<String, Object>> tools() {
        return List.of();
    }
}
