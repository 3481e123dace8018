package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.server.openai.ChatCompletion.Usage;
import dev.guardrails4j.server.openai.ChatCompletionChunk.Choice;
import dev.guardrails4j.server.openai.ChatCompletionChunk.Delta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The frames of one streamed answer: they share an id, and begin and end as the OpenAI API has it. Immutable. */
public final class ChunkSeries {

    private final String id = "chatcmpl-" + UUID.randomUUID();
    private final long created;
    private final ChatCompletionRequest request;

    public ChunkSeries(ChatCompletionRequest request, Instant now) {
        this.request = request;
        this.created = now.getEpochSecond();
    }

    /** The frame that begins the answer. */
    public ChatCompletionChunk begin() {
        return chunk(new Choice(Delta.role("assistant"), 0, null));
    }

    /** The frame of an event, an error frame if a rail took the rest of the answer back. */
    public Object frame(StreamEvent event) {
        if (event instanceof StreamEvent.Text more) {
            return chunk(new Choice(Delta.content(more.text()), 0, null));
        }
        if (event instanceof StreamEvent.Declined more) {
            return chunk(new Choice(Delta.refusal(more.text()), 0, null));
        }
        if (event instanceof StreamEvent.Reasoning more) {
            return chunk(new Choice(Delta.reasoning(more.text()), 0, null));
        }
        if (event instanceof StreamEvent.ToolCalls more) {
            return chunk(new Choice(Delta.toolCalls(more.deltas()), 0, null));
        }
        if (event instanceof StreamEvent.Refusal refusal) {
            return chunk(new Choice(Delta.content(refusal.text()), 0, null));
        }
        if (event instanceof StreamEvent.Violation violation) {
            return StreamError.blocked(violation.block());
        }
        throw new IllegalArgumentException("there is no frame for " + event.getClass());
    }

    /** The frames that end an answer that came to its end. */
    public List<ChatCompletionChunk> end(GenerationResult result) {
        List<ChatCompletionChunk> frames = new ArrayList<>();
        String reason = ChatCompletion.Choice.finishReason(result);
        frames.add(chunk(new Choice(Delta.NOTHING, 0, reason)));
        if (request.includeUsage()) {
            frames.add(new ChatCompletionChunk(
                    id, "chat.completion.chunk", created, request.model(), List.of(), Usage.of(result.usage())));
        }
        return frames;
    }

    private ChatCompletionChunk chunk(Choice choice) {
        return new ChatCompletionChunk(id, "chat.completion.chunk", created, request.model(), List.of(choice), null);
    }
}
