package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Sends load to one target over a number of connections, each with a thread of its own that does nothing but write
 * bytes made before and read the answer. Every phase opens its connections before its time starts. Not safe for several
 * threads.
 */
final class LoadGenerator {

    /** How long after a phase's time its last answers are waited for. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /** Until the first request is due, so that every thread is there by then. */
    private static final Duration LEAD = Duration.ofMillis(20);

    private static final long STACK_BYTES = 256 * 1024;

    /** Of all runs of all generators, so that no numbered request is sent twice. */
    private static final AtomicInteger CONNECTIONS_BEFORE = new AtomicInteger();

    private final Target target;
    private final int connections;
    private final Duration drain;
    private final Duration floor;

    LoadGenerator(Target target, int connections) {
        this(target, connections, DRAIN);
    }

    LoadGenerator(Target target, int connections, Duration drain) {
        this(target, connections, drain, Duration.ZERO);
    }

    /**
     * @param drain how long after a phase's time its last answers are waited for
     * @param floor no answer comes sooner: latencies are counted from there on, for three digits of seconds would not
     *     show milliseconds
     */
    LoadGenerator(Target target, int connections, Duration drain, Duration floor) {
        this.target = target;
        this.connections = connections;
        this.drain = drain;
        this.floor = floor;
    }

    /**
     * Open loop: offers requests at a fixed rate and measures each from when it was due, so that what had to wait
     * behind a stall is not left out (no coordinated omission).
     */
    Measurement atRate(double perSecond, Duration duration) throws IOException, InterruptedException {
        return run(Pace.fixedRate(perSecond, duration), duration);
    }

    /** Closed loop: as much as the connections get answered. */
    Measurement saturating(Duration duration) throws IOException, InterruptedException {
        return run(Pace.asFastAsAnswered(duration), duration);
    }

    private Measurement run(Pace pace, Duration duration) throws IOException, InterruptedException {
        List<LoadConnection> open = connect();
        int first = CONNECTIONS_BEFORE.getAndAdd(open.size());
        long startNanos = System.nanoTime() + LEAD.toNanos();
        List<LoadWorker> workers = IntStream.range(0, open.size())
                .mapToObj(i -> new LoadWorker(target, first + i, open.get(i), pace, startNanos, duration, floor))
                .toList();
        List<Thread> threads = new ArrayList<>();
        for (LoadWorker worker : workers) {
            Thread thread = new Thread(null, worker, "load-" + threads.size(), STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            long endNanos = startNanos + duration.plus(drain).toNanos();
            for (Thread thread : threads) {
                thread.join(Math.max(1, (endNanos - System.nanoTime()) / 1_000_000));
            }
        } finally {
            workers.forEach(LoadWorker::stop);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return collect(workers, pace, duration);
    }

    private List<LoadConnection> connect() throws IOException {
        List<LoadConnection> open = new ArrayList<>();
        try {
            while (open.size() < connections) {
                open.add(new LoadConnection(target.address()));
            }
            return open;
        } catch (IOException e) {
            open.forEach(LoadConnection::close);
            throw new IOException("cannot open " + connections + " connections to " + target.name(), e);
        }
    }

    private static Measurement collect(List<LoadWorker> workers, Pace pace, Duration duration) {
        Histogram latency = LoadWorker.histogram();
        Histogram sendToAnswer = LoadWorker.histogram();
        Map<String, Long> errors = new TreeMap<>();
        long answeredInTime = 0;
        for (LoadWorker worker : workers) {
            worker.addTo(latency, sendToAnswer, errors);
            answeredInTime += worker.answeredInTime();
        }
        return new Measurement(latency, sendToAnswer, answeredInTime, errors, pace.leftOver(), duration);
    }
}
