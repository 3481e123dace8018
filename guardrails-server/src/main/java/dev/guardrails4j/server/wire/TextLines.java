package dev.guardrails4j.server.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a stream, one in memory at a time, however many or long they are. Blank ones are passed over. For one thread. */
public final class TextLines {

    private final InputStream in;
    private final int longest;
    private long number;
    private long bytesRead;

    /**
     * @param in buffered; not closed here
     * @param longest how many bytes of a line are kept
     */
    public TextLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * A line that is not blank.
     *
     * @param number where it stands, counted from 1; blank lines count
     * @param bytes what it says, without its end; not to be changed
     * @param isTooLong whether only its beginning was kept
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Line(long number, byte[] bytes, boolean isTooLong) {}

    /** The next line that is not blank; empty at the end of the stream. */
    public Optional<Line> next() throws IOException {
        while (true) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            number++;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            boolean isTooLong = false;
            boolean isBlank = true;
            for (; next >= 0 && next != '\n'; next = in.read()) {
                bytesRead++;
                isBlank &= next == ' ' || next == '\t' || next == '\r';
                if (bytes.size() < longest) {
                    bytes.write(next);
                } else {
                    isTooLong = true;
                }
            }
            bytesRead++;
            if (!isBlank) {
                return Optional.of(new Line(number, bytes.toByteArray(), isTooLong));
            }
        }
    }

    /** How much has been read. */
    public long bytesRead() {
        return bytesRead;
    }
}
