package dev.guardrails4j.server.audit;

import dev.guardrails4j.server.storage.OwnersOnly;
import dev.guardrails4j.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The file that is written, and those before it. What a process that was killed has not written to its end is removed when the
 * file is opened again, and the log says so. For one thread.
 */
final class AuditFile implements AutoCloseable {

    /** Longer than any line. */
    private static final int TAIL = 1 << 20;

    private final Path path;
    private final AuditSettings settings;
    private final Fingerprints fingerprints;
    private final FileChannel channel;
    private Chain chain;
    private long size;
    private boolean isSynced = true;

    private AuditFile(
            Path path, AuditSettings settings, Fingerprints fingerprints, FileChannel channel, Chain chain, long size) {
        this.path = path;
        this.settings = settings;
        this.fingerprints = fingerprints;
        this.channel = channel;
        this.chain = chain;
        this.size = size;
    }

    /**
     * Opens it, or makes it.
     *
     * @param before where the log was when there is no file, or an empty one
     * @throws StorageException if it is no audit log, its last line was changed, or another server writes it
     */
    static AuditFile open(Path path, AuditSettings settings, Fingerprints fingerprints, Chain before)
            throws IOException {
        OwnersOnly.create(folder(path), path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, path);
            long size = channel.size();
            byte[] tail = tail(channel, size);
            int end = tail.length;
            while (end > 0 && tail[end - 1] != '\n') {
                end--;
            }
            long torn = (long) tail.length - end;
            if (torn > 0) {
                channel.truncate(size - torn);
            }
            channel.position(size - torn);
            AuditFile file = new AuditFile(
                    path, settings, fingerprints, channel, last(tail, end, path, fingerprints, before), size - torn);
            if (torn > 0) {
                file.write(List.of(AuditEntry.recovered(Instant.now().toString(), torn)));
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new StorageException(path + " is written by another server; give each a file of its own");
            }
        } catch (OverlappingFileLockException e) {
            throw new StorageException(path + " is written already; give each server a file of its own", e);
        }
    }

    private static byte[] tail(FileChannel channel, long size) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, size));
        long from = size - tail.capacity();
        while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
            // Until there is no more.
        }
        return tail.array();
    }

    private static Chain last(byte[] tail, int end, Path path, Fingerprints fingerprints, Chain before) {
        if (end == 0) {
            return before;
        }
        int begin = end - 1;
        while (begin > 0 && tail[begin - 1] != '\n') {
            begin--;
        }
        return Chain.read(new String(tail, begin, end - 1 - begin, StandardCharsets.UTF_8), fingerprints)
                .map(Chain.Read::then)
                .orElseThrow(() -> new StorageException(path
                        + " does not end in a line of an audit log with this secret: it was changed, or is something else;"
                        + " see 'guardrails audit verify', and move it away to begin anew"));
    }

    /** Where the log is. */
    Chain chain() {
        return chain;
    }

    /** Writes lines; if it fails, the file is to be closed and opened again. */
    void write(List<AuditEntry> entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        Chain after = chain;
        for (AuditEntry entry : entries) {
            Chain.Link link = after.next(entry, fingerprints);
            lines.append(link.text());
            after = link.then();
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        isSynced = false;
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        size += bytes.limit();
        chain = after;
        if (settings.sync() == AuditSettings.Sync.ALWAYS) {
            sync();
        }
    }

    /** Waits until what was written is on the disk. */
    void sync() throws IOException {
        if (!isSynced) {
            channel.force(false);
            isSynced = true;
        }
    }

    /** Whether the next file is to be begun. */
    boolean isFull() {
        return size >= settings.maxBytes();
    }

    /** Ends it, names it by the number of its last line, and begins the next, in which the chain goes on. */
    AuditFile rotate() throws IOException {
        sync();
        Path kept = path.resolveSibling("%s.%012d".formatted(path.getFileName(), chain.number()));
        Files.move(path, kept, StandardCopyOption.ATOMIC_MOVE);
        close();
        List<Path> old = rotated(path);
        for (Path oldest : old.subList(0, Math.max(0, old.size() - settings.files()))) {
            Files.deleteIfExists(oldest);
        }
        return open(path, settings, fingerprints, chain);
    }

    /** The folder that it is in. */
    static Path folder(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file is in a folder");
    }

    /** The files that were written before, the oldest first. */
    static List<Path> rotated(Path path) throws IOException {
        String name = path.getFileName() + ".";
        List<Path> rotated = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder(path))) {
            files.filter(file -> {
                        String other = file.getFileName().toString();
                        return other.startsWith(name)
                                && other.substring(name.length()).matches("\\d{12,}");
                    })
                    .sorted()
                    .forEach(rotated::add);
        }
        return rotated;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
