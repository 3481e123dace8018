package dev.guardrails4j.engine;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.TokenUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine whose models stream what the script says that the model's name finds. */
public final class ScriptedChunks implements ChatModelProvider {

    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What a test and a model share. */
    static final class Script {

        private final String id = "script" + COUNT.incrementAndGet();
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger read = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicInteger aborted = new AtomicInteger();
        private volatile List<ChatChunk> chunks = List.of();
        private volatile Optional<ModelException> failure = Optional.empty();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        static Script create() {
            Script script = new Script();
            SCRIPTS.put(script.id, script);
            return script;
        }

        /** The {@code models} section of a configuration whose main model this is. */
        String models() {
            return "models: [{type: main, engine: scripted-chunks, model: %s}]%n".formatted(id);
        }

        Script texts(String... texts) {
            return texts(Arrays.asList(texts));
        }

        Script texts(List<String> texts) {
            List<ChatChunk> made = new ArrayList<>();
            texts.forEach(text -> made.add(text(text)));
            made.add(new ChatChunk("", "", "", List.of(), "stop", Optional.of(new TokenUsage(7, 5))));
            return chunks(made);
        }

        Script chunks(List<ChatChunk> all) {
            chunks = List.copyOf(all);
            return this;
        }

        /** What follows after the last chunk. */
        Script failing(ModelException exception) {
            failure = Optional.of(exception);
            return this;
        }

        /** The model does not answer before the latch is at zero. */
        Script heldUntil(CountDownLatch latch) {
            gate = latch;
            return this;
        }

        int opened() {
            return opened.get();
        }

        int read() {
            return read.get();
        }

        int closed() {
            return closed.get();
        }

        /** Calls that ended before the model had answered. */
        int aborted() {
            return aborted.get();
        }

        private void awaitGate(Deadline deadline) {
            opened.incrementAndGet();
            Thread caller = Thread.currentThread();
            Deadline.Registration abort = deadline.onEnd(caller::interrupt);
            try {
                gate.await();
            } catch (InterruptedException e) {
                aborted.incrementAndGet();
                throw ModelException.withMessage("The call was aborted")
                        .cause(e)
                        .build();
            } finally {
                abort.close();
            }
        }

        private Optional<ChatChunk> next(int position) {
            if (position < chunks.size()) {
                read.incrementAndGet();
                return Optional.of(chunks.get(position));
            }
            failure.ifPresent(exception -> {
                throw exception;
            });
            return Optional.empty();
        }
    }

    static ChatChunk text(String text) {
        return new ChatChunk("", text, "", List.of(), "", Optional.empty());
    }

    @Override
    public Set<String> engines() {
        return Set.of("scripted-chunks");
    }

    @Override
    public ChatModel connect(ModelSetup setup) {
        return new Model(SCRIPTS.get(setup.model().orElseThrow()));
    }

    private record Model(Script script) implements ChatModel {

        @Override
        public String engine() {
            return "scripted-chunks";
        }

        @Override
        public String name() {
            return script.id;
        }

        @Override
        public ChatResponse generate(ChatRequest request, Deadline deadline) {
            script.awaitGate(deadline);
            StringBuilder whole = new StringBuilder();
            script.chunks.forEach(chunk -> whole.append(chunk.text()));
            script.failure.ifPresent(exception -> {
                throw exception;
            });
            return ChatResponse.of(script.id, whole.toString());
        }

        @Override
        public ChatStream stream(ChatRequest request, Deadline deadline) {
            script.awaitGate(deadline);
            return new Stream(script);
        }
    }

    private static final class Stream implements ChatStream {

        private final Script script;
        private int position;

        Stream(Script script) {
            this.script = script;
        }

        @Override
        public Optional<ChatChunk> next() {
            Optional<ChatChunk> chunk = script.next(position);
            position++;
            return chunk;
        }

        @Override
        public void close() {
            script.closed.incrementAndGet();
        }
    }
}
