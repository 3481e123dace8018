package dev.guardrails4j.server.threads;

/**
 * What the embedded store knows of a thread without reading it. Kept as text.
 *
 * @param number what the keys of its messages begin with
 * @param messages how many it holds
 * @param bytes how long they are
 * @param updatedAtMillis when its last turn was kept, since 1970
 */
record ThreadRecord(long number, int messages, long bytes, long updatedAtMillis) {

    static ThreadRecord parse(String text) {
        String[] parts = text.split(" ", -1);
        return new ThreadRecord(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    ThreadRecord with(EncodedTurn turn, long nowMillis) {
        return new ThreadRecord(number, messages + turn.messages().size(), bytes + turn.bytes(), nowMillis);
    }

    /** The key of a message, by its place from 0. */
    String keyOf(int place) {
        return "%016x%08x".formatted(number, place);
    }

    static long numberOf(String key) {
        return Long.parseLong(key.substring(0, 16), 16);
    }

    String text() {
        return number + " " + messages + " " + bytes + " " + updatedAtMillis;
    }
}
