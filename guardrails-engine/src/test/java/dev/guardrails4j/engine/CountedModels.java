package dev.guardrails4j.engine;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelSetup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Models that answer with their name, and fail once they are closed. */
final class CountedModels implements ChatModelProvider {

    private final List<String> connected = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** The names of those that were connected, in that order. */
    List<String> connected() {
        return List.copyOf(connected);
    }

    /** The names of those that were closed, in that order. */
    List<String> closed() {
        return List.copyOf(closed);
    }

    @Override
    public Set<String> engines() {
        return Set.of("counted");
    }

    @Override
    public ChatModel connect(ModelSetup setup) {
        String name = setup.model().orElseThrow();
        connected.add(name);
        return new CountedModel(name);
    }

    private final class CountedModel implements ChatModel {

        private final String name;
        private volatile boolean isClosed;

        CountedModel(String name) {
            this.name = name;
        }

        @Override
        public String engine() {
            return "counted";
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public ChatResponse generate(ChatRequest request, Deadline deadline) {
            if (isClosed) {
                throw new IllegalStateException(name + " is closed");
            }
            return ChatResponse.of(name, name);
        }

        @Override
        public void close() {
            isClosed = true;
            closed.add(name);
        }
    }
}
