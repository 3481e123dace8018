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
import dev.guardrails4j.engine.stream.OutputWindow;
import dev.guardrails4j.engine.stream.OutputWindow.Batch;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The main model's answer while it comes, and what was shown of it. Read by one thread; may be closed by any. */
final class StreamedAnswer implements AutoCloseable {

    private final Run run;
    private final RailRecorder recorder;
    private final Speculation<ChatStream> opening;
    private final Optional<OutputWindow> window;
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder received = new StringBuilder();
    private final Map<Integer, ToolCall> toolCalls = new TreeMap<>();
    private List<ToolCall> checkedCalls = List.of();
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private volatile Optional<ChatStream> source = Optional.empty();
    private String finishReason = "stop";
    private TokenUsage usage = TokenUsage.NONE;

    /** The model may start at once, if the configuration says so. */
    StreamedAnswer(Run run) {
        this.run = run;
        this.recorder = run.generation();
        this.opening =
                run.speculation((question, deadline) -> run.model().stream(question, deadline), ChatStream::close);
        this.window = run.wantsRails(Stage.OUTPUT)
                ? Optional.of(new OutputWindow(
                        run.streaming().chunkSize(), run.streaming().contextSize()))
                : Optional.empty();
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
        chunk.toolCalls().forEach(this::take);
        usage = chunk.usage().orElse(usage);
        if (!chunk.finishReason().isEmpty()) {
            finishReason = chunk.finishReason();
        }
    }

    private void take(ToolCallDelta delta) {
        toolCalls.merge(
                delta.index(),
                new ToolCall(delta.id(), delta.name(), delta.arguments()),
                (known, more) -> new ToolCall(
                        known.id() + more.id(), known.name() + more.name(), known.arguments() + more.arguments()));
    }

    /** What may be checked and shown, now that this text has come: a batch of the window, or the text itself. */
    Optional<Batch> batch(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return window.isPresent() ? window.get().add(text) : Optional.of(new Batch(text, text));
    }

    /** What the window still holds when the model has ended. */
    Optional<Batch> rest() {
        return window.flatMap(OutputWindow::end);
    }

    void shown(String text) {
        shown.append(text);
    }

    /** The calls of tools as they have come so far, in the order of their indices. */
    List<ToolCall> toolCalls() {
        return List.copyOf(toolCalls.values());
    }

    /** Takes calls as the rails left them to be shown at once. */
    List<ToolCallDelta> showToolCalls(List<ToolCall> calls) {
        checkedCalls = calls;
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : calls) {
            deltas.add(new ToolCallDelta(deltas.size(), call.id(), call.name(), call.arguments()));
        }
        return deltas;
    }

    String finishReason() {
        return finishReason;
    }

    /** What the reader has seen. */
    Message message() {
        List<ContentPart> content = shown.isEmpty() ? List.of() : List.of(ContentPart.text(shown.toString()));
        return new Message(Role.ASSISTANT, content, run.checksToolCalls() ? checkedCalls : toolCalls(), Map.of());
    }

    void recordTo(ResultBuilder result) {
        ChatModel model = run.model();
        ChatRequest question = run.question();
        recorder.called(RecordedCall.call(
                model, "general", question, received.toString(), Map.of(), usage, false, startedAt, startNanos));
        result.add(recorder.ended(Outcome.PASSED, List.of(), Map.of(), null));
        result.answeredBy(usage, Map.of());
    }

    @Override
    public void close() {
        source.ifPresent(ChatStream::close);
        opening.close();
    }
}
