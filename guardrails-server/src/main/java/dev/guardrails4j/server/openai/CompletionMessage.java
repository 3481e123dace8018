package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant says. What there is nothing of is left out.
 *
 * @param content the text; left out if there are only tool calls
 * @param reasoningContent the model's reasoning
 * @param refusal why the model would not answer
 * @param toolCalls the tools it wants called
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CompletionMessage(
        String role,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String content,
        String reasoningContent,
        @Nullable String refusal,
        List<Call> toolCalls) {

    /** What a conversation was continued with. */
    public static CompletionMessage of(GenerationResult result) {
        Message message = result.message();
        String text = message.text();
        return new CompletionMessage(
                message.role().wireName(),
                text.isEmpty() && !message.toolCalls().isEmpty() ? null : text,
                result.reasoning(),
                message.fields().get("refusal") instanceof String refusal ? refusal : null,
                message.toolCalls().stream().map(Call::of).toList());
    }

    /** A text that somebody says. */
    public static CompletionMessage saying(String role, String text) {
        return new CompletionMessage(role, text, "", null, List.of());
    }

    /** The same as a message of a conversation, so that what is kept of an answer is what the client was told. */
    Message said() {
        return new Message(
                Role.ASSISTANT,
                content == null ? List.of() : List.of(ContentPart.text(content)),
                toolCalls.stream().map(Call::toolCall).toList(),
                refusal == null ? Map.of() : Map.of("refusal", refusal));
    }

    /** A tool call. */
    public record Call(String id, String type, Function function) {

        private static final int ID_DIGITS = 8;

        static Call of(ToolCall call) {
            String id = call.id().isEmpty()
                    ? "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS)
                    : call.id();
            return new Call(id, "function", new Function(call.name(), call.arguments()));
        }

        ToolCall toolCall() {
            return new ToolCall(id, function.name(), function.arguments());
        }
    }

    /** A tool and what it is given, a JSON object as text. */
    public record Function(String name, String arguments) {}
}
