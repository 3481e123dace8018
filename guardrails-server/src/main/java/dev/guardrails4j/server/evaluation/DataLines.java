package dev.guardrails4j.server.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lines of all data files, one after the other. Safe for use by many threads; guarded by its own monitor. */
final class DataLines implements AutoCloseable {

    private static final int BAD_LINES_KEPT = 20;

    private final List<Source> sources;
    private final long totalBytes;
    private final TreeMap<Long, BadLine> badLines = new TreeMap<>();
    private int nextSource;
    private long bytesOfFormerFiles;
    private long position;
    private long bad;
    private long skipped;
    private @Nullable DataFile open;

    DataLines(List<Source> sources) throws IOException {
        this.sources = sources;
        long bytes = 0;
        for (Source source : sources) {
            bytes += Files.size(source.path());
        }
        this.totalBytes = bytes;
    }

    /**
     * A line and where it stands in the data.
     *
     * @param position counted from 1 over all files
     * @param bytesRead how much was read up to its end
     */
    record Numbered(long position, long bytesRead, DataFile.Line line) {}

    /** The next line; empty at the end of the last file. */
    synchronized Optional<Numbered> next() throws IOException {
        while (true) {
            if (open == null) {
                if (nextSource == sources.size()) {
                    return Optional.empty();
                }
                Source source = sources.get(nextSource++);
                open = DataFile.open(source.path(), source.name());
            }
            Optional<DataFile.Line> line = open.next();
            if (line.isPresent()) {
                return Optional.of(new Numbered(++position, bytesOfFormerFiles + open.bytesRead(), line.get()));
            }
            bytesOfFormerFiles += open.bytesRead();
            close();
        }
    }

    /** A line cannot be used. */
    synchronized void bad(long at, BadLine line) {
        bad++;
        badLines.put(at, line);
        if (badLines.size() > BAD_LINES_KEPT) {
            badLines.pollLastEntry();
        }
    }

    /** A line was left out. */
    synchronized void skipped() {
        skipped++;
    }

    long totalBytes() {
        return totalBytes;
    }

    synchronized long badCount() {
        return bad;
    }

    synchronized long skippedCount() {
        return skipped;
    }

    /** The first of those that cannot be used. */
    synchronized List<BadLine> badLines() {
        return new ArrayList<>(badLines.values());
    }

    @Override
    public synchronized void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
