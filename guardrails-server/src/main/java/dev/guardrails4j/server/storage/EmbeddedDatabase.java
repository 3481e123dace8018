package dev.guardrails4j.server.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of an embedded, log-structured database, shared by all that the server keeps. What was committed has been written
 * to the disk: it is there after the process was killed. One server at a time. Safe for use by many threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** The file below the data folder. */
    public static final String FILE = "threads.mv.db";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final int COMPACT_BELOW_PERCENT = 40;

    /**
     * So little that nobody waits long for it, nor a buffer grows, and so often that the file does not grow faster than it is
     * compacted.
     */
    private static final int COMPACTED_AT_ONCE_BYTES = 512 << 10;

    /** What was written at once is compacted at once, if all that is left has more than that. */
    private static final int MOST_COMPACTED_AT_ONCE_BYTES = 16 << 20;

    private static final Duration BETWEEN_COMPACTIONS = Duration.ofMillis(125);

    /** Whether there is something to compact again. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** What is asked for again soon; for all else, the operating system has the file in memory. */
    private static final int CACHE_MEGABYTES = 2;

    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

    /** How long what is no longer needed stays in the file: commits are forced to the disk, but some write later than they say. */
    private static final Duration RETENTION = Duration.ofSeconds(10);

    private final Path path;
    private final Duration retention;
    private final CommittingThread file;
    private final List<Runnable> cleanings = new CopyOnWriteArrayList<>();
    private final List<Runnable> reopenings = new CopyOnWriteArrayList<>();

    /** Touched by the committing thread alone while it runs, as is all that follows. */
    private MVStore store;

    private final Map<String, MVMap<String, String>> texts = new HashMap<>();
    private final Map<String, MVMap<String, byte[]>> bytes = new HashMap<>();
    private boolean isFailing;
    private long cleanedNanos = System.nanoTime();

    /** In which there was nothing to compact; there is nothing, either, until something is written. */
    private long compactVersion = -1;

    private EmbeddedDatabase(Path path, Duration retention) {
        this.path = path;
        this.retention = retention;
        this.store = openStore();
        this.file = new CommittingThread("guardrails-storage", this::commit, this::upkeep, BETWEEN_LOOKS);
    }

    /**
     * Opens the file of a folder, which is made if it is not there, for its owner only.
     *
     * @throws StorageException if it cannot be, with a message for the operator
     */
    public static EmbeddedDatabase open(Path folder) {
        return open(folder, RETENTION);
    }

    static EmbeddedDatabase open(Path folder, Duration retention) {
        Path path = folder.resolve(FILE);
        try {
            OwnersOnly.create(folder, path);
            return new EmbeddedDatabase(path, retention);
        } catch (MVStoreException e) {
            throw new StorageException(explain(path, e), e);
        } catch (IOException e) {
            throw new StorageException(
                    "%s cannot be written; make it writable, or choose another place with threads.path or --data"
                            .formatted(folder),
                    e);
        }
    }

    private MVStore openStore() {
        MVStore opened = new MVStore.Builder()
                .fileName(path.toAbsolutePath().toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
        opened.setVersionsToKeep(0);
        opened.setRetentionTime((int) retention.toMillis());
        return opened;
    }

    private static String explain(Path path, MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                "%s is in use by another server; stop it, give this one a folder of its own with --data, or let both use Redis"
                        .formatted(path);
            case DataUtils.ERROR_FILE_CORRUPT ->
                "%s is damaged or no database; restore it from a backup, or move it away to begin anew".formatted(path);
            default -> "%s cannot be opened".formatted(path);
        };
    }

    /** A map of texts; to be asked for and touched within {@linkplain #perform work} alone, and not to be kept. */
    public MVMap<String, String> texts(String name) {
        return texts.computeIfAbsent(
                name,
                unknown -> store.openMap(
                        name,
                        new MVMap.Builder<String, String>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(StringDataType.INSTANCE)));
    }

    /** A map of bytes; to be asked for and touched within {@linkplain #perform work} alone, and not to be kept. */
    public MVMap<String, byte[]> bytes(String name) {
        return bytes.computeIfAbsent(
                name,
                unknown -> store.openMap(
                        name,
                        new MVMap.Builder<String, byte[]>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE)));
    }

    /**
     * Does some work, alone, and returns what it made. All that it changes is written, or nothing.
     *
     * @param changes whether it changes anything
     * @throws StorageException if it cannot be known whether it was done
     * @throws StorageRefusal if the work threw it
     */
    public <T> T perform(boolean changes, Supplier<T> work) {
        return file.perform(changes, () -> {
            reopen();
            return work.get();
        });
    }

    /** Adds work that is done when what had not been written has been forgotten. */
    public void afterFailure(Runnable work) {
        reopenings.add(work);
    }

    /** Adds work that is done now and then, to remove what is no longer needed. */
    public void cleanWith(Runnable cleaning) {
        cleanings.add(cleaning);
    }

    private void commit() {
        try {
            store.commit();
            store.sync();
        } catch (RuntimeException | Error e) {
            // What is not on the disk must not be found in memory either.
            store.closeImmediately();
            if (!isFailing) {
                LOG.error("{} cannot be written, nothing is kept until it can: {}", path, e.getMessage());
            }
            isFailing = true;
            throw e;
        }
        if (isFailing) {
            LOG.info("{} is written again", path);
        }
        isFailing = false;
    }

    /** A file that could not be written, for the disk was full, is opened anew: it may be read, and have room again. */
    private void reopen() {
        if (store.isClosed()) {
            texts.clear();
            bytes.clear();
            store = openStore();
            compactVersion = -1;
            reopenings.forEach(Runnable::run);
        }
    }

    private Duration upkeep() {
        reopen();
        if (System.nanoTime() - cleanedNanos >= BETWEEN_CLEANINGS.toNanos()) {
            cleanings.forEach(Runnable::run);
            cleanedNanos = System.nanoTime();
        }
        store.commit();
        return store.getCurrentVersion() != compactVersion && compact() ? BETWEEN_COMPACTIONS : BETWEEN_LOOKS;
    }

    /** Returns whether there was anything to do. */
    private boolean compact() {
        boolean isCompacted = store.compact(COMPACT_BELOW_PERCENT, COMPACTED_AT_ONCE_BYTES)
                || store.compact(COMPACT_BELOW_PERCENT, MOST_COMPACTED_AT_ONCE_BYTES);
        if (!isCompacted) {
            compactVersion = store.getCurrentVersion();
        }
        return isCompacted;
    }

    /** Does the work that is waiting, and closes the file. */
    @Override
    public void close() {
        file.close();
        store.close();
    }
}
