package dev.guardrails4j.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The requests of one connection: all the same, but for numbers where the target wants them. For one thread. */
final class NumberedRequests {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int CONNECTION_SHIFT = 44;

    private final byte[] request;
    private final int[] places;
    private final int repeats;
    private final long first;
    private long count;

    /**
     * @param request is not changed
     * @param connection below a million: no other one's requests have the same numbers
     * @param repeats how many requests in a row have the same number
     */
    NumberedRequests(byte[] request, int connection, int repeats) {
        this.places = places(request);
        this.request = places.length == 0 ? request : request.clone();
        this.repeats = repeats;
        this.first = (long) connection << CONNECTION_SHIFT;
    }

    /** Head and body of the next one; holds until the one after it, and is not to be changed. */
    byte[] next() {
        if (places.length > 0) {
            long number = first + count++ / repeats;
            for (int place : places) {
                write(number, place);
            }
        }
        return request;
    }

    private void write(long number, int place) {
        for (int i = 0; i < Target.NUMBER.length(); i++) {
            request[place + i] = DIGITS[(int) (number >>> (4 * (Target.NUMBER.length() - 1 - i))) & 15];
        }
    }

    private static int[] places(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(Target.NUMBER); at >= 0; at = text.indexOf(Target.NUMBER, at + 1)) {
            places.add(at);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }
}
