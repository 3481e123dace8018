package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.server.access.Spending;
import dev.guardrails4j.server.audit.AuditException;
import dev.guardrails4j.server.http.EventPump.Pumped;
import dev.guardrails4j.server.openai.AnswerFrames;
import dev.guardrails4j.server.openai.StreamError;
import dev.guardrails4j.server.threads.ChatTurn;
import dev.guardrails4j.server.threads.ThreadStoreException;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a chat completion as a stream, contract "chat server" 3. What fails before the first event is an ordinary HTTP
 * error; what fails after it, one error frame. Safe for use by many threads.
 */
final class StreamedCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedCompletion.class);

    /** A client that is gone is noticed by the second comment it does not take: within a second. */
    private static final Duration SILENCE = Duration.ofMillis(450);

    private final ExecutorService threads;
    private final ClientWatch clients;
    private final Drain drain;

    StreamedCompletion(ExecutorService threads, ClientWatch clients, Drain drain) {
        this.threads = threads;
        this.clients = clients;
        this.drain = drain;
    }

    /**
     * Answers.
     *
     * @param frames how the answer is told
     * @param turn keeps the answer once it is complete, before its end is told
     * @param reckoning told how the answer went, before its end is told
     * @param refuse told of a block before anything was generated, while headers can still be set; may give an error to
     *     answer with instead
     */
    void serve(
            Context context,
            AnswerFrames frames,
            GenerationStream stream,
            ChatTurn turn,
            Reckoning reckoning,
            Function<Blocked, Optional<ErrorAnswer>> refuse)
            throws IOException {
        Spending spending = AccessGate.spending(context);
        try (EventPump pump = new EventPump(stream, threads)) {
            Optional<StreamEvent> first = clients.whileConnected(context, cancellation -> {
                cancellation.onCancel(stream::close);
                return pump.take().get();
            });
            // Until it has come to its end.
            spending.breakOff();
            if (first.isPresent() && first.get() instanceof StreamEvent.Refusal refusal) {
                Optional<ErrorAnswer> error = refuse.apply(refusal.block());
                if (error.isPresent()) {
                    reckoning.settle(refusal.block());
                    error.get().send(context);
                    return;
                }
            }
            EventStream out = EventStream.begin(context);
            try {
                write(first, pump, () -> kept(stream, turn, reckoning), frames, reckoning, out);
                out.done();
            } catch (IOException e) {
                LOG.debug("The client went away before its answer was complete");
            }
        }
    }

    private void write(
            Optional<StreamEvent> first,
            EventPump pump,
            Supplier<GenerationResult> complete,
            AnswerFrames frames,
            Reckoning reckoning,
            EventStream out)
            throws IOException {
        if (first.isPresent() && first.get() instanceof StreamEvent.Violation violation) {
            send(told(violation, frames, reckoning), out);
            return;
        }
        send(frames.begin(), out);
        GenerationResult result;
        try {
            for (Optional<StreamEvent> event = first; event.isPresent(); event = next(pump, out)) {
                see(event.get(), AccessGate.spending(reckoning.context()));
                if (event.get() instanceof StreamEvent.Violation violation) {
                    send(told(violation, frames, reckoning), out);
                    return;
                }
                send(frames.frames(event.get()), out);
            }
            result = complete.get();
        } catch (ServerStoppingException e) {
            LOG.warn("An answer was cut short because the server stops");
            out.send(StreamError.stopping());
            return;
        } catch (ThreadStoreException e) {
            LOG.warn("An answer could not be kept: {} ({})", e.getMessage(), e.rootCause());
            out.send(StreamError.threadsUnavailable());
            return;
        } catch (RuntimeException e) {
            Throwable fault = e.getCause() instanceof Error error ? error : e;
            LOG.warn("An answer broke off: {}", fault.getClass().getName());
            out.send(StreamError.failed(e));
            return;
        }
        send(frames.end(result), out);
    }

    private static List<?> told(StreamEvent.Violation violation, AnswerFrames frames, Reckoning reckoning) {
        try {
            reckoning.settle(violation.block());
            return frames.frames(violation);
        } catch (AuditException e) {
            return List.of(StreamError.failed(e));
        }
    }

    private static void see(StreamEvent event, Spending spending) {
        if (event instanceof StreamEvent.Text text) {
            spending.saw(text.text().length());
        } else if (event instanceof StreamEvent.Reasoning reasoning) {
            spending.saw(reasoning.text().length());
        }
    }

    private static void send(List<?> frames, EventStream out) throws IOException {
        for (Object frame : frames) {
            out.send(frame);
        }
    }

    private static GenerationResult kept(GenerationStream stream, ChatTurn turn, Reckoning reckoning) {
        GenerationResult result = stream.result();
        reckoning.settle(result);
        turn.keep(result, result.message());
        return result;
    }

    private Optional<StreamEvent> next(EventPump pump, EventStream out) throws IOException {
        Optional<Pumped> pumped = pump.poll(SILENCE);
        while (pumped.isEmpty() && !drain.isOver()) {
            out.keepAlive();
            pumped = pump.poll(SILENCE);
        }
        if (drain.isOver()) {
            throw new ServerStoppingException();
        }
        return pumped.orElseThrow().get();
    }
}
