package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One connection and the thread that drives it. It opens a new connection where one breaks, and counts what went wrong.
 * What it recorded is to be read when its thread has ended.
 */
final class LoadWorker implements Runnable {

    /** Everything above is recorded as this; phases end sooner. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

    private static final long SHORTEST_NANOS = 1_000;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofMillis(10).toNanos();

    private final InetSocketAddress address;
    private final NumberedRequests requests;
    private final Pace pace;
    private final long startNanos;
    private final long durationNanos;
    private final long floorNanos;
    private final Histogram latency = histogram();
    private final Histogram sendToAnswer = histogram();
    private final Map<String, Long> errors = new TreeMap<>();
    private long answeredInTime;
    private volatile LoadConnection connection;
    private volatile boolean stopped;

    LoadWorker(
            Target target,
            int number,
            LoadConnection connection,
            Pace pace,
            long startNanos,
            Duration duration,
            Duration floor) {
        this.address = target.address();
        this.requests = target.requests(number);
        this.connection = connection;
        this.pace = pace;
        this.startNanos = startNanos;
        this.durationNanos = duration.toNanos();
        this.floorNanos = floor.toNanos();
    }

    static Histogram histogram() {
        return new Histogram(SHORTEST_NANOS, LONGEST_NANOS, SIGNIFICANT_DIGITS);
    }

    @Override
    public void run() {
        sleepUntil(startNanos);
        while (!stopped) {
            long due = pace.next(System.nanoTime() - startNanos);
            if (due == Pace.NO_MORE) {
                break;
            }
            sleepUntil(startNanos + due);
            exchange(startNanos + due);
        }
        connection.close();
    }

    /** Called from another thread: gives up what is being waited for. */
    void stop() {
        stopped = true;
        connection.close();
    }

    void addTo(Histogram allLatencies, Histogram allSendToAnswer, Map<String, Long> allErrors) {
        allLatencies.add(latency);
        allSendToAnswer.add(sendToAnswer);
        errors.forEach((error, count) -> allErrors.merge(error, count, Long::sum));
    }

    long answeredInTime() {
        return answeredInTime;
    }

    private void exchange(long due) {
        try {
            long sent = System.nanoTime();
            int status = connection.exchange(requests.next());
            long answered = System.nanoTime();
            if (status == 200) {
                latency.recordValue(beyondFloor(answered - due));
                sendToAnswer.recordValue(beyondFloor(answered - sent));
                if (answered - startNanos <= durationNanos) {
                    answeredInTime++;
                }
            } else {
                count("HTTP " + status);
            }
            if (connection.isUsedUp()) {
                reconnect();
            }
        } catch (IOException e) {
            count(stopped ? "no answer until the end" : e.getClass().getSimpleName() + ": " + e.getMessage());
            reconnect();
        }
    }

    private long beyondFloor(long nanos) {
        return Math.max(0, Math.min(nanos - floorNanos, LONGEST_NANOS));
    }

    private void reconnect() {
        connection.close();
        while (!stopped) {
            try {
                connection = new LoadConnection(address);
                if (stopped) {
                    connection.close(); // stop() may have closed the one before
                }
                return;
            } catch (IOException e) {
                count("connect: " + e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    private void count(String error) {
        errors.merge(error, 1L, Long::sum);
    }

    private static void sleepUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
