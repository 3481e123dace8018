package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.engine.StreamingNotEnabledException;
import dev.guardrails4j.engine.stream.OutputWindow.Batch;
import dev.guardrails4j.engine.trace.RequestObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A conversation on its way, event by event. Read by one thread; what it reads is pulled through the rails. */
final class RunningStream implements GenerationStream {

    private final Run run;
    private final RunningDeadline deadline;
    private final RequestObserver observer;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<StreamEvent> ready = new ArrayDeque<>();
    private final RestoredEvents restored;
    private Step step = this::begin;
    private volatile Optional<StreamedAnswer> answer = Optional.empty();
    private Optional<GenerationResult> result = Optional.empty();

    /** What is to be done when an event is asked for and none is ready. */
    private interface Step {

        /** Makes an event ready, or says what is to be done next. */
        Step take();
    }

    /** @param observer told of the end, whatever it is */
    RunningStream(Run run, RunningDeadline deadline, RequestObserver observer) {
        this.run = run;
        this.deadline = deadline;
        this.observer = observer;
        this.restored = new RestoredEvents(run.turn().originals());
    }

    @Override
    public Optional<StreamEvent> next() {
        while (ready.isEmpty() && result.isEmpty()) {
            step = taken();
        }
        return Optional.ofNullable(ready.poll());
    }

    private Step taken() {
        try {
            Step next = step.take();
            // Whoever has a result has told the observer of it.
            result.ifPresent(known -> over.set(true));
            return next;
        } catch (ModelException failure) {
            RuntimeException reason = deadline.reason(failure);
            fail(reason);
            throw reason;
        } catch (RuntimeException | Error failure) {
            fail(failure);
            throw failure;
        }
    }

    private void fail(Throwable cause) {
        if (!over.getAndSet(true)) {
            observer.failed(cause);
        }
    }

    @Override
    public GenerationResult result() {
        return result.orElseThrow(() -> new IllegalStateException("The stream has not ended yet"));
    }

    @Override
    public void close() {
        deadline.cancel();
        answer.ifPresent(StreamedAnswer::close);
        deadline.close();
        fail(new RequestCancelledException(new CancellationException("closed before its end")));
    }

    private Step begin() {
        if (!run.isDialog()) {
            return checkedOnly(run.checkedOnly());
        }
        if (run.wantsRails(Stage.OUTPUT) && !run.streaming().enabled()) {
            throw new StreamingNotEnabledException();
        }
        StreamedAnswer opened = new StreamedAnswer(run);
        answer = Optional.of(opened);
        if (!run.passesInput()) {
            opened.close();
            return checkedOnly(run.collected().refused());
        }
        opened.open();
        return this::read;
    }

    /** Nothing is generated: what comes back is there already. */
    private Step checkedOnly(GenerationResult outcome) {
        ready.add(
                outcome.block().isPresent()
                        ? new StreamEvent.Refusal(outcome.block().get(), outcome.text())
                        : new StreamEvent.Text(outcome.text()));
        result = Optional.of(outcome);
        return this::read;
    }

    private Step read() {
        StreamedAnswer open = answer.orElseThrow();
        Optional<ChatChunk> chunk = open.next();
        if (chunk.isEmpty()) {
            return open.rest().map(this::release).orElse(this::releaseToolCalls);
        }
        if (!chunk.get().reasoning().isEmpty() && !run.wantsRails(Stage.OUTPUT)) {
            show(List.of(new StreamEvent.Reasoning(chunk.get().reasoning())));
        }
        Optional<Batch> batch = open.batch(chunk.get());
        show(showsFirst() ? open.showUnchecked(chunk.get()) : open.showDue());
        return batch.map(this::release).orElse(this::read);
    }

    private Step release(Batch batch) {
        if (!run.wantsRails(Stage.OUTPUT)) {
            return show(batch, batch.check());
        }
        return showsFirst() ? () -> check(batch) : check(batch);
    }

    private boolean showsFirst() {
        return run.streaming().streamFirst() && run.wantsRails(Stage.OUTPUT);
    }

    private Step check(Batch batch) {
        run.turn().answer(batch.check(), "");
        if (!run.passes(Stage.OUTPUT)) {
            return violated();
        }
        return showsFirst() ? this::read : show(batch, run.turn().botText());
    }

    private Step show(Batch batch, String left) {
        show(answer.orElseThrow().show(batch, left));
        return this::read;
    }

    private void show(List<StreamEvent> events) {
        events.forEach(event -> ready.addAll(restored.of(event)));
    }

    /** What was held back of calls, because a rail looks at whole ones. */
    private Step releaseToolCalls() {
        StreamedAnswer open = answer.orElseThrow();
        List<ToolCall> calls = open.toolCalls();
        if (calls.isEmpty() || !run.holdsToolCalls()) {
            return end();
        }
        run.turn().answer(open.message().text(), "");
        run.turn().callTools(calls);
        if (!run.passesToolCalls()) {
            return violated();
        }
        show(open.showToolCalls(run.turn().toolCalls()));
        return end();
    }

    private Step violated() {
        show(List.of(new StreamEvent.Violation(run.collected().block().orElseThrow())));
        return end();
    }

    private Step end() {
        StreamedAnswer open = answer.orElseThrow();
        ready.addAll(restored.end());
        open.recordTo(run.collected());
        open.close();
        Message shown = open.message();
        result = Optional.of(run.collected().streamed(shown, open.finishReason()));
        return this::end;
    }
}
