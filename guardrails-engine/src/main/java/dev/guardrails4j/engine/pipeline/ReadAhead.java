package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.engine.RequestCancelledException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer that is read while nobody may see it yet, up to a limit, so that it need not be waited for again when
 * somebody may. From when it is first asked for, what was read comes first, and nothing more is read ahead: a slow reader
 * slows the model. Read by one thread, and ahead by one other; may be closed by any.
 */
final class ReadAhead implements ChatStream {

    /** What chunks of any size may hold together. */
    private static final int MOST_CHARACTERS = 1024 * 1024;

    private final ChatStream source;
    private final int mostChunks;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What was read ahead; guarded by the lock, as is all that follows. */
    private final Queue<ChatChunk> chunks = new ArrayDeque<>();

    private long characters;
    private boolean isReading;
    private boolean isAskedFor;
    private boolean isOver;
    private boolean isClosed;
    private @Nullable Throwable failure;

    /** @param mostChunks how many chunks are read ahead at most */
    ReadAhead(ChatStream source, int mostChunks) {
        this.source = source;
        this.mostChunks = mostChunks;
    }

    /** Reads ahead until the answer is asked for, the limit is reached, or there is no more. */
    void run() {
        while (mayRead()) {
            read();
        }
    }

    private boolean mayRead() {
        lock.lock();
        try {
            isReading =
                    !isAskedFor && !isOver && !isClosed && chunks.size() < mostChunks && characters < MOST_CHARACTERS;
            return isReading;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            Optional<ChatChunk> next = source.next();
            isRead(next, null);
        } catch (RuntimeException | Error e) {
            isRead(Optional.empty(), e);
        }
    }

    private void isRead(Optional<ChatChunk> next, @Nullable Throwable reason) {
        lock.lock();
        try {
            isReading = false;
            isOver = next.isEmpty();
            failure = reason;
            if (next.isPresent() && !isClosed) {
                chunks.add(next.get());
                characters += length(next.get());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long length(ChatChunk chunk) {
        return (long) chunk.text().length()
                + chunk.reasoning().length()
                + chunk.refusal().length()
                + chunk.toolCalls().stream()
                        .mapToLong(call -> call.arguments().length())
                        .sum();
    }

    @Override
    public Optional<ChatChunk> next() {
        lock.lock();
        try {
            isAskedFor = true;
            while (chunks.isEmpty() && isReading && !isClosed) {
                changed.await();
            }
            if (!chunks.isEmpty()) {
                return Optional.of(chunks.remove());
            }
            if (isOver || isClosed) {
                return end();
            }
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        } finally {
            lock.unlock();
        }
        return source.next();
    }

    private Optional<ChatChunk> end() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            chunks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        source.close();
    }
}
