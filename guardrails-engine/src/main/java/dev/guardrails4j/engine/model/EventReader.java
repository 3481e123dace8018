package dev.guardrails4j.engine.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads server-sent events, of which it only keeps the data, from a source that is not trusted. Reads no byte beyond the end
 * of the event that is asked for. More forgiving than the standard in one thing: an event at the end of the source needs no
 * empty line after it, since not every endpoint ends its last one.
 */
final class EventReader {

    /** The longest event, and the longest line. */
    static final int MAX_EVENT_BYTES = 1024 * 1024;

    private static final byte[] DATA = {'d', 'a', 't', 'a'};

    /** What is read from. */
    @FunctionalInterface
    interface Source {

        /** The next byte, from 0 to 255; -1 at the end. */
        int read() throws IOException;
    }

    private final Source source;
    private byte[] line = new byte[512];
    private int lineLength;
    private byte[] data = new byte[512];
    private int dataLength;
    private boolean afterCarriageReturn;
    private boolean isFirstLine = true;
    private boolean hasEnded;

    EventReader(Source source) {
        this.source = source;
    }

    /**
     * The data of the next event that has any; empty if there is none any more.
     *
     * @throws UnreadableAnswerException if the event is too long
     */
    Optional<byte[]> next() throws IOException {
        dataLength = 0;
        while (readLine()) {
            if (lineLength > 0) {
                takeField();
            } else if (dataLength > 0) {
                return Optional.of(takeData());
            }
        }
        return dataLength > 0 ? Optional.of(takeData()) : Optional.empty();
    }

    /** Whether the source has ended, be it within the event that was read last. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** Lines end with LF, CR, or both; of the last case the LF is skipped when the next line is read, not waited for. */
    private boolean readLine() throws IOException {
        lineLength = 0;
        while (!hasEnded) {
            int next = source.read();
            boolean isEndOfCrLf = next == '\n' && afterCarriageReturn;
            afterCarriageReturn = next == '\r';
            if (next < 0) {
                hasEnded = true;
                return lineLength > 0;
            }
            if (isEndOfCrLf) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                skipByteOrderMark();
                return true;
            }
            line = withRoom(line, lineLength, 1);
            line[lineLength] = (byte) next;
            lineLength++;
        }
        return false;
    }

    private void skipByteOrderMark() {
        if (isFirstLine
                && lineLength >= 3
                && line[0] == (byte) 0xEF
                && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF) {
            lineLength -= 3;
            System.arraycopy(line, 3, line, 0, lineLength);
        }
        isFirstLine = false;
    }

    /** Adds a line to the data if it is some; comments and other fields say nothing of the answer. */
    private void takeField() throws UnreadableAnswerException {
        if (lineLength < DATA.length || !Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)) {
            return;
        }
        int from = DATA.length;
        if (from < lineLength) {
            if (line[from] != ':') {
                return;
            }
            from++;
        }
        if (from < lineLength && line[from] == ' ') {
            from++;
        }
        int length = lineLength - from;
        data = withRoom(data, dataLength, length + 1);
        if (dataLength > 0) {
            data[dataLength] = '\n';
            dataLength++;
        }
        System.arraycopy(line, from, data, dataLength, length);
        dataLength += length;
    }

    private byte[] takeData() {
        byte[] event = Arrays.copyOf(data, dataLength);
        dataLength = 0;
        return event;
    }

    private static byte[] withRoom(byte[] buffer, int length, int more) throws UnreadableAnswerException {
        if (length + more <= buffer.length) {
            return buffer;
        }
        if (length + more > MAX_EVENT_BYTES) {
            throw new UnreadableAnswerException("an event of it is longer than " + MAX_EVENT_BYTES + " bytes");
        }
        return Arrays.copyOf(buffer, Math.min(MAX_EVENT_BYTES, Math.max(length + more, 2 * buffer.length)));
    }
}
