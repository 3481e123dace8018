package dev.guardrails4j.api;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Chunks that are there already. */
final class FinishedStream implements ChatStream {

    private final Queue<ChatChunk> chunks;

    FinishedStream(List<ChatChunk> chunks) {
        this.chunks = new ConcurrentLinkedQueue<>(chunks);
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
