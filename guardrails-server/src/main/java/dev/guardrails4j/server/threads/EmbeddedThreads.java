package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.StorageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Threads in the embedded database. A turn that was appended has been written to the disk: it is there after the process was
 * killed.
 *
 * <p>One map tells what threads there are, another holds their messages, each under the number of its thread and its place.
 */
final class EmbeddedThreads implements ThreadStore {

    private static final char AFTER_SCOPE = '\0';
    private static final int LOOKED_AT_PER_CLEANING = 10_000;

    private final ThreadLimits limits;
    private final InstantSource clock;
    private final EmbeddedDatabase database;
    private String cleanFrom = "";

    /**
     * Threads in a database, which is closed by its opener.
     *
     * @throws dev.guardrails4j.server.storage.StorageException if it cannot be used
     */
    EmbeddedThreads(EmbeddedDatabase database, ThreadLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.database = database;
        database.cleanWith(this::clean);
    }

    @Override
    public Optional<StoredThread> read(ThreadKey key) {
        return perform(false, () -> find(key).map(this::messagesOf)).map(EncodedTurn::decode);
    }

    @Override
    public void append(ThreadKey key, List<Message> turn) {
        EncodedTurn encoded = EncodedTurn.of(turn);
        perform(true, () -> add(key, encoded));
    }

    private boolean add(ThreadKey key, EncodedTurn turn) {
        ThreadRecord before = find(key).orElseGet(() -> {
            remove(keyText(key));
            return new ThreadRecord(nextNumber(), 0, 0, 0);
        });
        ThreadRecord after = before.with(turn, clock.millis());
        limits.require(after.messages(), after.bytes());
        int place = before.messages();
        for (byte[] message : turn.messages()) {
            messages().put(after.keyOf(place++), message);
        }
        threads().put(keyText(key), after.text());
        return true;
    }

    /** Numbers are never used twice at a time: the highest one in use stands in the last key. */
    private long nextNumber() {
        String last = messages().lastKey();
        return last == null ? 0 : ThreadRecord.numberOf(last) + 1;
    }

    @Override
    public boolean delete(ThreadKey key) {
        return perform(true, () -> {
            boolean wasThere = find(key).isPresent();
            remove(keyText(key));
            return wasThere;
        });
    }

    @Override
    public ThreadPage list(String scope, String after, int limit) {
        return perform(false, () -> ThreadPage.of(found(scope, after, limit + 1), limit));
    }

    private List<ThreadSummary> found(String scope, String after, int most) {
        String prefix = scope + AFTER_SCOPE;
        List<ThreadSummary> found = new ArrayList<>();
        Iterator<String> keys = threads().keyIterator(prefix + after);
        while (keys.hasNext() && found.size() < most) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            String id = key.substring(prefix.length());
            if (!id.equals(after)) {
                find(new ThreadKey(scope, id))
                        .ifPresent(thread -> found.add(new ThreadSummary(
                                id, thread.messages(), Instant.ofEpochMilli(thread.updatedAtMillis()))));
            }
        }
        return found;
    }

    @Override
    public ThreadLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        // The database is its opener's.
    }

    private MVMap<String, String> threads() {
        return database.texts("threads");
    }

    private MVMap<String, byte[]> messages() {
        return database.bytes("messages");
    }

    private <T> T perform(boolean changes, Supplier<T> work) {
        try {
            return database.perform(changes, work);
        } catch (StorageException e) {
            throw new ThreadStoreException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<ThreadRecord> find(ThreadKey key) {
        return Optional.ofNullable(threads().get(keyText(key)))
                .map(ThreadRecord::parse)
                .filter(thread -> !isExpired(thread));
    }

    private boolean isExpired(ThreadRecord thread) {
        return thread.updatedAtMillis() + limits.ttl().toMillis() <= clock.millis();
    }

    private List<byte[]> messagesOf(ThreadRecord thread) {
        List<byte[]> found = new ArrayList<>(thread.messages());
        forEachKey(thread, key -> found.add(messages().get(key)));
        return found;
    }

    private void remove(String key) {
        String text = threads().remove(key);
        if (text != null) {
            forEachKey(ThreadRecord.parse(text), messages()::remove);
        }
    }

    private static void forEachKey(ThreadRecord thread, Consumer<String> action) {
        for (int place = 0; place < thread.messages(); place++) {
            action.accept(thread.keyOf(place));
        }
    }

    /** Looks at some threads, and goes on there next time. */
    private void clean() {
        List<String> expired = new ArrayList<>();
        Cursor<String, String> keys = threads().cursor(cleanFrom);
        int looked = 0;
        while (keys.hasNext() && looked++ < LOOKED_AT_PER_CLEANING) {
            cleanFrom = keys.next();
            if (isExpired(ThreadRecord.parse(keys.getValue()))) {
                expired.add(cleanFrom);
            }
        }
        if (!keys.hasNext()) {
            cleanFrom = "";
        }
        expired.forEach(this::remove);
    }

    private static String keyText(ThreadKey key) {
        return key.scope() + AFTER_SCOPE + key.id();
    }
}
