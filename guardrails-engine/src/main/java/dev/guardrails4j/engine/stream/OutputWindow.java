package dev.guardrails4j.engine.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The rolling window of contract "config and rails" 3: cuts the chunks of a stream into batches, each checked together with
 * the end of what was checked before it. A chunk is what the model sends at once, whatever its length.
 *
 * <p>Where a batch would end within a word, the beginning of the word waits for the next batch, so that no word is ever
 * checked in halves. What rails may still rewrite together with what follows it cannot be shown before that has come: a
 * window for such rails holds the context back, where one for judges has released it. Not safe for use by several threads.
 */
public final class OutputWindow {

    /** The longest beginning of a word that waits, in characters: what is longer is no word. */
    private static final int LONGEST_WORD = 128;

    private final int chunkSize;
    private final int contextSize;
    private final boolean holdsContext;

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
        this(chunkSize, contextSize, false);
    }

    private OutputWindow(int chunkSize, int contextSize, boolean holdsContext) {
        if (chunkSize < 1 || contextSize < 0) {
            throw new IllegalArgumentException("chunkSize is below 1 or contextSize is below 0");
        }
        this.chunkSize = chunkSize;
        this.contextSize = contextSize;
        this.holdsContext = holdsContext;
    }

    /**
     * A window for rails that may rewrite.
     *
     * @param chunkSize after how many chunks a batch is checked, at least 1
     * @param contextSize how many chunks of it are held back, and checked again with what follows, at least 0
     */
    public static OutputWindow holding(int chunkSize, int contextSize) {
        return new OutputWindow(chunkSize, contextSize, true);
    }

    /**
     * A part of the stream.
     *
     * @param check what the rails look at: the end of earlier batches, and this one
     * @param release what may go to the user if they let it: the end of {@code check}, without what is held back; never
     *     empty
     * @param held what is held back of {@code check}, at its end, and part of the next batch
     */
    public record Batch(String check, String release, String held) {

        /** A part of which nothing is held back. */
        public Batch(String check, String release) {
            this(check, release, "");
        }
    }

    /**
     * What goes to the user.
     *
     * @param text as it came
     * @param rewritten as rails have left it
     */
    public record Release(String text, String rewritten) {}

    /** Takes the next chunk; gives a batch when one is full. */
    public Optional<Batch> add(String chunk) {
        pending.append(chunk);
        chunks.addLast(chunk.length());
        newChunks++;
        return newChunks >= due() ? cut(wordInProgress(), false) : Optional.empty();
    }

    /** The stream has ended; gives what is left, if anything is. */
    public Optional<Batch> end() {
        return cut(0, true);
    }

    /**
     * Rails have rewritten the last batch. Of what is held back, only the end that they have left as it was still is: what they
     * have changed is not given to them again.
     *
     * @param rewritten what they have made of {@code check}
     */
    public Release rewritten(Batch batch, String rewritten) {
        int kept = sameAtTheEnd(batch.check(), rewritten, batch.held().length());
        forgetChunks(context.length() - kept);
        context = context.substring(context.length() - kept);
        return new Release(
                batch.check().substring(0, batch.check().length() - kept),
                rewritten.substring(0, rewritten.length() - kept));
    }

    private static int sameAtTheEnd(String text, String other, int most) {
        int same = 0;
        while (same < Math.min(most, other.length())
                && text.charAt(text.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
        }
        return same > 0 && Character.isLowSurrogate(text.charAt(text.length() - same)) ? same - 1 : same;
    }

    /** The first batch is a whole window, every later one makes up a window together with its context. */
    private int due() {
        return isFirst ? chunkSize : Math.max(1, chunkSize - contextSize);
    }

    /**
     * Ends a batch.
     *
     * @param wordInProgress how many characters at the end are not looked at yet
     * @param isLast whether nothing follows for which something would be held back
     */
    private Optional<Batch> cut(int wordInProgress, boolean isLast) {
        String all = context + pending;
        int checked = all.length() - wordInProgress;
        int contextBegins = holdsContext && isLast ? checked : contextBegins(checked);
        int from = holdsContext ? 0 : context.length();
        int to = holdsContext ? contextBegins : checked;
        if (to <= from) {
            return Optional.empty();
        }
        Batch batch = new Batch(all.substring(0, checked), all.substring(from, to), all.substring(to, checked));
        pending.delete(0, pending.length() - wordInProgress);
        context = all.substring(contextBegins, checked);
        forgetChunks(contextBegins);
        newChunks = 0;
        isFirst = false;
        return Optional.of(batch);
    }

    /**
     * Where the last whole chunks begin of what was checked. What was checked of a chunk whose end was not comes on top, where
     * there is a context at all.
     */
    private int contextBegins(int checked) {
        if (contextSize == 0) {
            return checked;
        }
        Deque<Integer> beginnings = new ArrayDeque<>();
        int end = 0;
        for (int length : chunks) {
            if (end + length > checked) {
                break;
            }
            beginnings.addLast(end);
            end += length;
            if (beginnings.size() > contextSize) {
                beginnings.removeFirst();
            }
        }
        return beginnings.isEmpty() ? 0 : beginnings.getFirst();
    }

    private void forgetChunks(int characters) {
        int left = characters;
        while (left > 0) {
            int first = chunks.removeFirst();
            if (first > left) {
                chunks.addFirst(first - left);
            }
            left -= Math.min(first, left);
        }
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
