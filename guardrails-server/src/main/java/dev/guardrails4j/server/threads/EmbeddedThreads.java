package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Threads in one file of an embedded, log-structured database. A turn that was appended has been written to the disk: it is
 * there after the process was killed. One server at a time.
 *
 * <p>One map tells what threads there are, another holds their messages, each under the number of its thread and its place.
 */
final class EmbeddedThreads implements ThreadStore {

    /** The file below the data folder. */
    static final String FILE = "threads.mv.db";

    private static final char AFTER_SCOPE = '\0';
    private static final int LOOKED_AT_PER_CLEANING = 10_000;
    private static final int COMPACT_BELOW_PERCENT = 60;
    private static final int COMPACTED_AT_ONCE_BYTES = 8 << 20;

    private final ThreadLimits limits;
    private final InstantSource clock;
    private final MVStore store;
    private final MVMap<String, String> threads;
    private final MVMap<String, byte[]> messages;
    private final CommittingThread file;
    private String cleanFrom = "";

    private EmbeddedThreads(MVStore store, ThreadLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.store = store;
        this.threads = store.openMap(
                "threads",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
        this.messages = store.openMap(
                "messages",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        this.file = new CommittingThread("guardrails-threads", this::commit, this::clean);
    }

    /**
     * Opens the file of a folder, which is made if it is not there, for its owner only.
     *
     * @throws ThreadStoreException if it cannot be, with a message for the operator
     */
    static EmbeddedThreads open(Path folder, ThreadLimits limits, InstantSource clock) {
        Path path = folder.resolve(FILE);
        try {
            OwnersOnly.create(folder, path);
            MVStore store = new MVStore.Builder()
                    .fileName(path.toAbsolutePath().toString())
                    .autoCommitDisabled()
                    .open();
            return new EmbeddedThreads(store, limits, clock);
        } catch (MVStoreException e) {
            throw new ThreadStoreException(explain(path, e), e);
        } catch (IOException e) {
            throw new ThreadStoreException(
                    "%s cannot be written; make it writable, or choose another place with threads.path or --data"
                            .formatted(folder),
                    e);
        }
    }

    private static String explain(Path path, MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                "%s is in use by another server; stop it, give this one a folder of its own with --data, or let both use Redis"
                        .formatted(path);
            case DataUtils.ERROR_FILE_CORRUPT ->
                "%s is damaged or no file of threads; restore it from a backup, or move it away to begin anew"
                        .formatted(path);
            default -> "%s cannot be opened".formatted(path);
        };
    }

    @Override
    public Optional<StoredThread> read(ThreadKey key) {
        return file.perform(false, () -> find(key).map(this::messagesOf)).map(EncodedTurn::decode);
    }

    @Override
    public void append(ThreadKey key, List<Message> turn) {
        EncodedTurn encoded = EncodedTurn.of(turn);
        file.perform(true, () -> add(key, encoded));
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
            messages.put(after.keyOf(place++), message);
        }
        threads.put(keyText(key), after.text());
        return true;
    }

    /** Numbers are never used twice at a time: the highest one in use stands in the last key. */
    private long nextNumber() {
        String last = messages.lastKey();
        return last == null ? 0 : ThreadRecord.numberOf(last) + 1;
    }

    @Override
    public boolean delete(ThreadKey key) {
        return file.perform(true, () -> {
            boolean wasThere = find(key).isPresent();
            remove(keyText(key));
            return wasThere;
        });
    }

    @Override
    public ThreadPage list(String scope, String after, int limit) {
        return file.perform(false, () -> ThreadPage.of(found(scope, after, limit + 1), limit));
    }

    private List<ThreadSummary> found(String scope, String after, int most) {
        String prefix = scope + AFTER_SCOPE;
        List<ThreadSummary> found = new ArrayList<>();
        Iterator<String> keys = threads.keyIterator(prefix + after);
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
        file.close();
        store.close();
    }

    private Optional<ThreadRecord> find(ThreadKey key) {
        return Optional.ofNullable(threads.get(keyText(key)))
                .map(ThreadRecord::parse)
                .filter(thread -> !isExpired(thread));
    }

    private boolean isExpired(ThreadRecord thread) {
        return thread.updatedAtMillis() + limits.ttl().toMillis() <= clock.millis();
    }

    private List<byte[]> messagesOf(ThreadRecord thread) {
        List<byte[]> found = new ArrayList<>(thread.messages());
        forEachKey(thread, key -> found.add(messages.get(key)));
        return found;
    }

    private void remove(String key) {
        String text = threads.remove(key);
        if (text != null) {
            forEachKey(ThreadRecord.parse(text), messages::remove);
        }
    }

    private static void forEachKey(ThreadRecord thread, Consumer<String> action) {
        for (int place = 0; place < thread.messages(); place++) {
            action.accept(thread.keyOf(place));
        }
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    /** Looks at some threads, goes on there next time, and gives back space. */
    private void clean() {
        List<String> expired = new ArrayList<>();
        Cursor<String, String> keys = threads.cursor(cleanFrom);
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
        store.commit();
        store.compact(COMPACT_BELOW_PERCENT, COMPACTED_AT_ONCE_BYTES);
    }

    private static String keyText(ThreadKey key) {
        return key.scope() + AFTER_SCOPE + key.id();
    }
}
