package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.engine.stream.OutputWindow;
import dev.guardrails4j.engine.stream.OutputWindow.Batch;
import dev.guardrails4j.engine.stream.OutputWindow.Release;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The main model's answer while it comes, and what was shown of it. Read by one thread; may be closed by any. */
final class StreamedAnswer implements AutoCloseable {

    private final Run run;
    private final RailRecorder recorder;
    private final StreamedCall call;
    private final Speculation<ChatStream> opening;
    private final Optional<OutputWindow> window;
    private final StreamedPieces pieces = new StreamedPieces();
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder shownDeclined = new StringBuilder();
    private final StringBuilder received = new StringBuilder();
    private final JoinedCalls calls = new JoinedCalls();
    private final JoinedCalls shownCalls = new JoinedCalls();
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private volatile Optional<ChatStream> source = Optional.empty();
    private String finishReason = "stop";
    private TokenUsage usage = TokenUsage.NONE;

    /** The model may start at once, if the configuration says so. */
    StreamedAnswer(Run run) {
        this.run = run;
        this.recorder = run.generation();
        this.call = new StreamedCall(recorder);
        this.opening = run.speculation(
                (question, deadline) -> call.begin(run.model(), question, deadline), run::readAhead, ChatStream::close);
        this.window = window(run);
    }

    private static Optional<OutputWindow> window(Run run) {
        int chunkSize = run.streaming().chunkSize();
        int contextSize = run.streaming().contextSize();
        if (!run.wantsRails(Stage.OUTPUT)) {
            return Optional.empty();
        }
        return Optional.of(
                run.mayRewrite(Stage.OUTPUT)
                        ? OutputWindow.holding(chunkSize, contextSize)
                        : new OutputWindow(chunkSize, contextSize));
    }

    void open() {
        source = Optional.of(opening.result());
    }

    /** The next chunk as the model sends it. */
    Optional<ChatChunk> next() {
        Optional<ChatChunk> chunk = source.orElseThrow().next();
        chunk.ifPresent(this::take);
        return chunk;
    }

    private void take(ChatChunk chunk) {
        received.append(chunk.text());
        chunk.toolCalls().forEach(calls::add);
        usage = chunk.usage().orElse(usage);
        if (!chunk.finishReason().isEmpty()) {
            finishReason = chunk.finishReason();
        }
    }

    /** What may be checked and shown, now that a chunk has come: a batch of the window, or the text itself. */
    Optional<Batch> batch(ChatChunk chunk) {
        pieces.said(chunk.text(), false);
        pieces.said(chunk.refusal(), true);
        if (!run.holdsToolCalls()) {
            pieces.called(chunk.toolCalls());
        }
        String text = chunk.text() + chunk.refusal();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return window.isPresent() ? window.get().add(text) : Optional.of(new Batch(text, text));
    }

    /** What the window still holds when the model has ended. */
    Optional<Batch> rest() {
        return window.flatMap(OutputWindow::end);
    }

    /**
     * What is to be shown of a batch, and with it.
     *
     * @param left what the rails have left of what they looked at
     */
    List<StreamEvent> show(Batch batch, String left) {
        if (window.isEmpty() || left.equals(batch.check())) {
            return noted(pieces.release(batch.release(), batch.release()));
        }
        Release release = window.get().rewritten(batch, left);
        return noted(pieces.release(release.text(), release.rewritten()));
    }

    /** What is to be shown of a chunk where the rails only look at what was shown. */
    List<StreamEvent> showUnchecked(ChatChunk chunk) {
        String text = chunk.text() + chunk.refusal();
        return noted(pieces.release(text, text));
    }

    /** What is to be shown because no text stands before it. */
    List<StreamEvent> showDue() {
        return noted(pieces.due());
    }

    /** Calls as the rails left them, to be shown at once. */
    List<StreamEvent> showToolCalls(List<ToolCall> checked) {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : checked) {
            deltas.add(new ToolCallDelta(deltas.size(), call.id(), call.name(), call.arguments()));
        }
        return noted(List.of(new StreamEvent.ToolCalls(deltas)));
    }

    private List<StreamEvent> noted(List<StreamEvent> events) {
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.Text more) {
                shown.append(more.text());
            } else if (event instanceof StreamEvent.Declined more) {
                shownDeclined.append(more.text());
            } else if (event instanceof StreamEvent.ToolCalls more) {
                more.deltas().forEach(shownCalls::add);
            }
        }
        return events;
    }

    /** The calls of tools as they have come so far, in the order of their indices. */
    List<ToolCall> toolCalls() {
        return calls.all();
    }

    String finishReason() {
        return finishReason;
    }

    /** What the reader has seen. */
    Message message() {
        List<ContentPart> content = shown.isEmpty() ? List.of() : List.of(ContentPart.text(shown.toString()));
        Message message = new Message(Role.ASSISTANT, content, shownCalls.all(), Map.of());
        return shownDeclined.isEmpty() ? message : DeclinedText.replaced(message, shownDeclined.toString());
    }

    void recordTo(ResultBuilder result) {
        ChatModel model = run.model();
        ChatRequest question = run.question();
        ModelCall made = RecordedCall.call(
                model, "general", question, received.toString(), Map.of(), usage, false, startedAt, startNanos);
        recorder.called(made);
        call.ended(made);
        result.add(recorder.ended(Outcome.PASSED, List.of(), Map.of(), null));
        result.answeredBy(usage, Map.of());
    }

    @Override
    public void close() {
        source.ifPresent(ChatStream::close);
        opening.close();
        call.close();
        recorder.abandoned();
    }
}
