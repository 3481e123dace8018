package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends the very request that the load consists of until the expected answer comes, so that no refusal is measured. */
final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_EXCERPT = 500;

    /**
     * Returns when the target gives the expected answer.
     *
     * @param expected is in the answer
     * @param requireAlive is called between the tries and throws if there is nobody left to wait for
     * @throws BenchmarkException if the answer does not come in time, with what came instead
     */
    void awaitAnswer(Target target, String expected, Runnable requireAlive) throws InterruptedException {
        await(target, expected, requireAlive, false);
    }

    /** The same for a stream that does not end: its first word is waited for. */
    void awaitStream(Target target, Runnable requireAlive) throws InterruptedException {
        await(target, StampedText.MARK, requireAlive, true);
    }

    private static void await(Target target, String expected, Runnable requireAlive, boolean isStream)
            throws InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < endNanos) {
            requireAlive.run();
            try {
                last = answer(target, isStream ? expected : "");
                if (last.startsWith("HTTP/1.1 200 ") && last.contains(expected)) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new BenchmarkException(
                target.name() + " did not give the expected answer within " + PATIENCE.toSeconds() + " s, but last: "
                        + (last.length() <= LONGEST_EXCERPT ? last : last.substring(0, LONGEST_EXCERPT) + " ..."));
    }

    /** @param end what is read no further than; empty for nothing */
    private static String answer(Target target, String end) throws IOException {
        HttpFraming framing = HttpFraming.ofResponses();
        byte[] answer = new byte[LONGEST_ANSWER];
        int length = 0;
        try (Socket socket = new Socket()) {
            InetSocketAddress address = target.address();
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(address, (int) PATIENCE.toMillis());
            socket.getOutputStream().write(target.requests(0).next());
            while (!framing.isComplete() && length < answer.length) {
                int count = socket.getInputStream().read(answer, length, answer.length - length);
                if (count < 0) {
                    break;
                }
                framing.consume(answer, length, length + count);
                length += count;
                if (!end.isEmpty() && text(answer, length).contains(end)) {
                    break;
                }
            }
        }
        return text(answer, length);
    }

    private static String text(byte[] answer, int length) {
        return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
}
