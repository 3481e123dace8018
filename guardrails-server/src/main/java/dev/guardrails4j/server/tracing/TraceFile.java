package dev.guardrails4j.server.tracing;

import dev.guardrails4j.server.storage.OwnersOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that spans are written to, a line a request. It holds whole lines, whatever happened to the disk or to a process that
 * wrote before, and may be moved away at any time: it is open only while a line is written. For one thread; other processes
 * may write it, too.
 *
 * @param path absolute
 * @param mostBytes how long it becomes before it is named {@code trace.jsonl.1}, in place of the one before
 */
record TraceFile(Path path, long mostBytes) {

    /**
     * Writes a line at the end of the file, which is made, for its owner only, if it is not there. If that fails, nothing of
     * the line is there.
     *
     * @param line with its end
     */
    void append(byte[] line) throws IOException {
        OwnersOnly.create(Objects.requireNonNull(path.getParent(), "a file is in a folder"), path);
        boolean isFull;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock();
            isFull = channel.size() > 0 && channel.size() + line.length > mostBytes;
            if (!isFull) {
                append(channel, line);
            }
        }
        if (isFull) {
            Files.move(
                    path,
                    path.resolveSibling(path.getFileName() + ".1"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            append(line);
        }
    }

    private static void append(FileChannel channel, byte[] line) throws IOException {
        long size = channel.size();
        try {
            long end = size;
            if (endsInTornLine(channel)) {
                end += channel.write(ByteBuffer.wrap(new byte[] {'\n'}), end);
            }
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes, end + bytes.position());
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
    }

    /** A process that was killed may have left half a line. */
    private static boolean endsInTornLine(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }
}
