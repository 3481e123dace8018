package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.server.openai.ChatCompletion.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The frames of one streamed text completion, as OpenAI's old API has them. What is no text is left out. Immutable. */
public final class TextChunkSeries implements AnswerFrames {

    private final String id = "cmpl-" + UUID.randomUUID();
    private final long created;
    private final String model;
    private final boolean includeUsage;

    /**
     * @param model the model's name as the request has it
     * @param includeUsage whether the end is to tell the tokens spent
     */
    public TextChunkSeries(String model, boolean includeUsage, Instant now) {
        this.model = model;
        this.includeUsage = includeUsage;
        this.created = now.getEpochSecond();
    }

    /** One frame. */
    public record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<Choice> choices,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Usage usage) {}

    /** What comes next of the text. */
    public record Choice(int index, String text, @Nullable String finishReason) {}

    @Override
    public List<?> begin() {
        return List.of();
    }

    @Override
    public List<?> frames(StreamEvent event) {
        if (event instanceof StreamEvent.Text more) {
            return List.of(chunk(more.text(), null));
        }
        if (event instanceof StreamEvent.Declined more) {
            return List.of(chunk(more.text(), null));
        }
        if (event instanceof StreamEvent.Refusal refusal) {
            return List.of(chunk(refusal.text(), null));
        }
        if (event instanceof StreamEvent.Violation violation) {
            return List.of(StreamError.blocked(violation.block()));
        }
        return List.of();
    }

    @Override
    public List<?> end(GenerationResult result) {
        List<Chunk> frames = new ArrayList<>();
        frames.add(chunk("", ChatCompletion.Choice.finishReason(result)));
        if (includeUsage) {
            frames.add(new Chunk(id, "text_completion", created, model, List.of(), Usage.of(result.usage())));
        }
        return frames;
    }

    private Chunk chunk(String text, @Nullable String finishReason) {
        return new Chunk(id, "text_completion", created, model, List.of(new Choice(0, text, finishReason)), null);
    }
}
