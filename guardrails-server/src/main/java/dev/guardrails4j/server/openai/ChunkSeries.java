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
public final class ChunkSeries implements AnswerFrames {

    private final String id = "chatcmpl-" + UUID.randomUUID();
    private final long created;
    private final String model;
    private final boolean includeUsage;

    /**
     * @param model the model's name as the request has it
     * @param includeUsage whether the end is to tell the tokens spent
     */
    public ChunkSeries(String model, boolean includeUsage, Instant now) {
        this.model = model;
        this.includeUsage = includeUsage;
        this.created = now.getEpochSecond();
    }

    @Override
    public List<?> begin() {
        return List.of(chunk(new Choice(Delta.role("assistant"), 0, null)));
    }

    @Override
    public List<?> frames(StreamEvent event) {
        return List.of(frame(event));
    }

    private Object frame(StreamEvent event) {
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

    @Override
    public List<?> end(GenerationResult result) {
        List<ChatCompletionChunk> frames = new ArrayList<>();
        String reason = ChatCompletion.Choice.finishReason(result);
        frames.add(chunk(new Choice(Delta.NOTHING, 0, reason)));
        if (includeUsage) {
            frames.add(new ChatCompletionChunk(
                    id, "chat.completion.chunk", created, model, List.of(), Usage.of(result.usage())));
        }
        return frames;
    }

    private ChatCompletionChunk chunk(Choice choice) {
        return new ChatCompletionChunk(id, "chat.completion.chunk", created, model, List.of(choice), null);
    }
}
