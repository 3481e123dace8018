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

    private static final int COMPACT_BELOW_PERCENT = 60;
    private static final int COMPACTED_AT_ONCE_BYTES = 8 << 20;

    /** What is asked for again soon; for all else, the operating system has the file in memory. */
    private static final int CACHE_MEGABYTES = 2;

    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

    private final Path path;
    private final CommittingThread file;
    private final List<Runnable> cleanings = new CopyOnWriteArrayList<>();
    private final List<Runnable> reopenings = new CopyOnWriteArrayList<>();

    /** Touched by the committing thread alone while it runs, as is all that follows. */
    private MVStore store;

    private final Map<String, MVMap<String, String>> texts = new HashMap<>();
    private final Map<String, MVMap<String, byte[]>> bytes = new HashMap<>();
    private boolean isFailing;

    private EmbeddedDatabase(Path path, MVStore store) {
        this.path = path;
        this.store = store;
        this.file = new CommittingThread("guardrails-storage", this::commit, this::clean, BETWEEN_CLEANINGS);
    }

    /**
     * Opens the file of a folder, which is made if it is not there, for its owner only.
     *
     * @throws StorageException if it cannot be, with a message for the operator
     */
    public static EmbeddedDatabase open(Path folder) {
        Path path = folder.resolve(FILE);
        try {
            OwnersOnly.create(folder, path);
            return new EmbeddedDatabase(path, openStore(path));
        } catch (MVStoreException e) {
            throw new StorageException(explain(path, e), e);
        } catch (IOException e) {
            throw new StorageException(
                    "%s cannot be written; make it writable, or choose another place with threads.path or --data"
                            .formatted(folder),
                    e);
        }
    }

    private static MVStore openStore(Path path) {
        return new MVStore.Builder()
                .fileName(path.toAbsolutePath().toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
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
            store = openStore(path);
            reopenings.forEach(Runnable::run);
        }
    }

    private void clean() {
        reopen();
        cleanings.forEach(Runnable::run);
        store.commit();
        store.compact(COMPACT_BELOW_PERCENT, COMPACTED_AT_ONCE_BYTES);
    }

    /** Does the work that is waiting, and closes the file. */
    @Override
    public void close() {
        file.close();
        store.close();
    }
}
