package dev.guardrails4j.server.evaluation;

import dev.guardrails4j.server.wire.TextLines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of labelled texts, one JSON object a line, read line by line: only one is in memory. Blank lines are passed over.
 * For one thread.
 */
final class DataFile implements AutoCloseable {

    /** More than any model reads. */
    private static final int LONGEST_LINE_BYTES = 8 << 20;

    private final String name;
    private final InputStream in;
    private final TextLines lines;

    private DataFile(String name, InputStream in) {
        this.name = name;
        this.in = in;
        this.lines = new TextLines(in, LONGEST_LINE_BYTES);
    }

    /** @param name how the file is called where lines of it are named */
    static DataFile open(Path path, String name) throws IOException {
        return new DataFile(name, new BufferedInputStream(Files.newInputStream(path), 1 << 16));
    }

    /** A line that is not blank. Holds its beginning only if it is too long to be used. */
    static final class Line {

        private final String place;
        private final byte[] bytes;
        private final boolean tooLong;

        private Line(String place, byte[] bytes, boolean tooLong) {
            this.place = place;
            this.bytes = bytes;
            this.tooLong = tooLong;
        }

        /** Where it stands: {@code "attacks.jsonl:17"}. */
        String place() {
            return place;
        }

        /** Reads what it says. */
        Optional<LabelledText> parse(LineFormat format) throws BadLineException {
            if (tooLong) {
                throw new BadLineException("is longer than %,d bytes".formatted(LONGEST_LINE_BYTES));
            }
            return format.parse(place, bytes);
        }
    }

    /** The next line that is not blank; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        return lines.next().map(line -> new Line(name + ":" + line.number(), line.bytes(), line.isTooLong()));
    }

    long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
