package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.engine.model.CallHeaders;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Tells whoever watches of a streamed call of the main model: each chunk, and the end, once. Safe for use by many threads. */
final class StreamedCall implements AutoCloseable {

    private final RailRecorder recorder;
    private Optional<CallObserver> observer = Optional.empty();
    private boolean over;

    StreamedCall(RailRecorder recorder) {
        this.recorder = recorder;
    }

    /** Makes the call. */
    ChatStream begin(ChatModel model, ChatRequest question, Deadline deadline) {
        CallObserver watching =
                recorder.observer().asks(RecordedCall.observed(model, ChosenModel.MAIN, "general", question, true));
        synchronized (this) {
            observer = Optional.of(watching);
        }
        try {
            return new Watched(CallHeaders.with(watching.headers(), () -> model.stream(question, deadline)), watching);
        } catch (RuntimeException | Error failure) {
            fail(failure);
            throw failure;
        }
    }

    /** The answer is complete, or as long as it was wanted. */
    void ended(ModelCall call) {
        leave().ifPresent(watching -> watching.ended(call));
    }

    /** Nobody waits for the rest. */
    @Override
    public void close() {
        leave().ifPresent(watching -> watching.failed(new CancellationException("closed before its end")));
    }

    private void fail(Throwable failure) {
        leave().ifPresent(watching -> watching.failed(failure));
    }

    private synchronized Optional<CallObserver> leave() {
        Optional<CallObserver> told = over ? Optional.empty() : observer;
        over |= told.isPresent();
        return told;
    }

    /** A stream whose chunks are told of. */
    private final class Watched implements ChatStream {

        private final ChatStream stream;
        private final CallObserver watching;

        Watched(ChatStream stream, CallObserver watching) {
            this.stream = stream;
            this.watching = watching;
        }

        @Override
        public Optional<ChatChunk> next() {
            try {
                Optional<ChatChunk> chunk = stream.next();
                chunk.ifPresent(come -> watching.chunk());
                return chunk;
            } catch (RuntimeException | Error failure) {
                fail(failure);
                throw failure;
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
