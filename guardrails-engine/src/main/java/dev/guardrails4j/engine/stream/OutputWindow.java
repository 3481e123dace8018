package dev.guardrails4j.engine.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The rolling window of contract "config and rails" 3: cuts the chunks of a stream into batches, each checked together with
 * the end of what was checked before it. A chunk is what the model sends at once, whatever its length.
 *
 * <p>Where a batch would end within a word, the beginning of the word waits for the next batch, so that no word is ever
 * checked in halves. Not safe for use by several threads.
 */
public final class OutputWindow {

    /** The longest beginning of a word that waits, in characters: what is longer is no word. */
    private static final int LONGEST_WORD = 128;

    private final int chunkSize;
    private final int contextSize;

    private final StringBuilder pending = new StringBuilder();

    /** The lengths of the chunks that {@code context} and {@code pending} are made of. */
    private final Deque<Integer> chunks = new ArrayDeque<>();

    private String context = "";
    private int newChunks;
    private boolean isFirst = true;

    /**
     * @param chunkSize after how many chunks a batch is checked, at least 1
     * @param contextSize how many chunks of what was checked before are checked again, at least 0
     */
    public OutputWindow(int chunkSize, int contextSize) {
        if (chunkSize < 1 || contextSize < 0) {
            throw new IllegalArgumentException("chunkSize is below 1 or contextSize is below 0");
        }
        this.chunkSize = chunkSize;
        this.contextSize = contextSize;
    }

    /**
     * A part of the stream.
     *
     * @param check what the rails look at: the end of earlier batches, and this one
     * @param release what may go to the user if they let it: the end of {@code check}; never empty
     */
    public record Batch(String check, String release) {}

    /** Takes the next chunk; gives a batch when one is full. */
    public Optional<Batch> add(String chunk) {
        pending.append(chunk);
        chunks.addLast(chunk.length());
        newChunks++;
        return newChunks >= due() ? cut(wordInProgress()) : Optional.empty();
    }

    /** The stream has ended; gives what is left, if anything is. */
    public Optional<Batch> end() {
        return cut(0);
    }

    /** The first batch is a whole window, every later one makes up a window together with its context. */
    private int due() {
        return isFirst ? chunkSize : Math.max(1, chunkSize - contextSize);
    }

    private Optional<Batch> cut(int held) {
        if (pending.length() == held) {
            return Optional.empty();
        }
        String all = context + pending;
        int released = all.length() - held;
        Batch batch = new Batch(all.substring(0, released), pending.substring(0, pending.length() - held));
        context = all.substring(forget(released), released);
        pending.delete(0, pending.length() - held);
        newChunks = 0;
        isFirst = false;
        return Optional.of(batch);
    }

    /**
     * Forgets all but the last whole chunks of what was released; gives where they begin. What was released of a chunk
     * whose end is held comes on top, where there is a context at all.
     */
    private int forget(int released) {
        int whole = 0;
        int end = 0;
        for (int length : chunks) {
            end += length;
            if (end > released) {
                break;
            }
            whole++;
        }
        int start = 0;
        for (; whole > contextSize; whole--) {
            start += chunks.removeFirst();
        }
        if (contextSize == 0 && start < released) {
            chunks.addFirst(start + chunks.removeFirst() - released);
            return released;
        }
        return start;
    }

    /** How many characters at the end belong to a word that may go on. */
    private int wordInProgress() {
        int length = 0;
        while (length < pending.length()) {
            int character = pending.codePointBefore(pending.length() - length);
            if (!Character.isLetterOrDigit(character) || Character.isIdeographic(character)) {
                return length;
            }
            length += Character.charCount(character);
            if (length > LONGEST_WORD) {
                return 0;
            }
        }
        return length;
    }
}
