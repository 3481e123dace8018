package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.server.checks.GuardedAnswer;
import dev.guardrails4j.server.checks.GuardedAnswer.Occasion;
import dev.guardrails4j.server.checks.GuardedChatRequest;
import dev.guardrails4j.server.openai.AnswerFrames;
import dev.guardrails4j.server.openai.ChunkSeries;
import dev.guardrails4j.server.openai.TextChunkSeries;
import java.time.Instant;

/** The two forms in which the guardrail microservice takes and gives completions, contract "checks" 9. */
enum CompletionForm {

    /** {@code POST /v1/guardrail/chat/completions}. */
    CHAT {
        @Override
        GuardedChatRequest read(byte[] body) {
            return GuardedChatRequest.chat(body);
        }

        @Override
        GuardedAnswer answer(Occasion occasion, GenerationResult result) {
            return GuardedAnswer.chat(occasion, result);
        }

        @Override
        AnswerFrames frames(GuardedChatRequest request, Instant now) {
            return new ChunkSeries(request.check().model(), request.includeUsage(), now);
        }
    },

    /** {@code POST /v1/guardrail/completions}. */
    TEXT {
        @Override
        GuardedChatRequest read(byte[] body) {
            return GuardedChatRequest.completion(body);
        }

        @Override
        GuardedAnswer answer(Occasion occasion, GenerationResult result) {
            return GuardedAnswer.completion(occasion, result);
        }

        @Override
        AnswerFrames frames(GuardedChatRequest request, Instant now) {
            return new TextChunkSeries(request.check().model(), request.includeUsage(), now);
        }
    };

    abstract GuardedChatRequest read(byte[] body);

    abstract GuardedAnswer answer(Occasion occasion, GenerationResult result);

    abstract AnswerFrames frames(GuardedChatRequest request, Instant now);
}
