package dev.guardrails4j.api;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Chunks that are there already. */
final class FinishedStream implements ChatStream {

    private final Queue<ChatChunk> chunks;

    FinishedStream(List<ChatChunk> chunks) {
        this.chunks = new ArrayDeque<>(chunks);
    }

    @Override
    public Optional<ChatChunk> next() {
        return Optional.ofNullable(chunks.poll());
    }

    @Override
    public void close() {
        chunks.clear();
    }
}
