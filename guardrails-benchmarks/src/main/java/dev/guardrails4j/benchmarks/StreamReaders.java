package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Clients of so many streams, all read by one thread: they measure how long after it was said each word arrives. For one
 * thread, and to be closed by it.
 */
final class StreamReaders implements AutoCloseable {

    private static final String RIGHT_STATUS = "HTTP/1.1 200";

    private final Target target;
    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final byte[] buffer = new byte[64 * 1024];
    private Histogram delays = histogram();
    private int begun;

    private static final class Reader {

        private final StampedText text = new StampedText();
        private boolean hasBegun;
    }

    /** @param target gives streams */
    StreamReaders(Target target) {
        this.target = target;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("streams cannot be read", e);
        }
    }

    private static Histogram histogram() {
        return new Histogram(1_000, Duration.ofMinutes(10).toNanos(), 3);
    }

    /**
     * Opens streams, evenly spread over a time, reads those that are open meanwhile, and returns when all have begun.
     *
     * @throws BenchmarkException if they have not within the patience, after the last was opened
     */
    void open(int count, double perSecond, Duration patience) throws IOException {
        long startNanos = System.nanoTime();
        for (int number = 0; number < count; number++) {
            long dueNanos = startNanos + Math.round(number / perSecond * 1e9);
            for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
                selector.select(this::read, Math.max(1, left / 1_000_000));
            }
            selector.selectNow(this::read);
            open(number);
        }
        long endNanos = System.nanoTime() + patience.toNanos();
        while (begun + brokenOff() < count && System.nanoTime() < endNanos) {
            selector.select(this::read, 10);
        }
        if (begun < count) {
            throw new BenchmarkException("of " + count + " streams of " + target.name() + ", only " + begun
                    + " have begun; " + (errors.isEmpty() ? "the others did not answer" : errors));
        }
    }

    /** Reads for a while, and returns how long after it was said each word came, in nanoseconds. */
    Histogram read(Duration duration) throws IOException {
        delays = histogram();
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            selector.select(this::read, Math.max(1, left / 1_000_000));
        }
        return delays;
    }

    /** What went wrong so far, by what it was. */
    Map<String, Long> errors() {
        return Map.copyOf(errors);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }

    private long brokenOff() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    private void open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open(target.address());
        channels.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.write(ByteBuffer.wrap(target.requests(number).next()));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Reader());
    }

    private void read(SelectionKey key) {
        if (!(key.attachment() instanceof Reader reader) || !(key.channel() instanceof SocketChannel channel)) {
            return;
        }
        try {
            int count = channel.read(ByteBuffer.wrap(buffer));
            if (count < 0) {
                giveUp(channel, "ended");
            } else if (count > 0) {
                read(reader, channel, count);
            }
        } catch (IOException e) {
            giveUp(channel, e.getClass().getSimpleName());
        }
    }

    private void read(Reader reader, SocketChannel channel, int count) {
        if (!reader.hasBegun) {
            String head = new String(buffer, 0, Math.min(count, RIGHT_STATUS.length()), StandardCharsets.US_ASCII);
            if (!head.equals(RIGHT_STATUS)) {
                giveUp(channel, head + " ...");
                return;
            }
            reader.hasBegun = true;
            begun++;
        }
        long now = System.nanoTime();
        reader.text.read(buffer, count, said -> delays.recordValue(Math.max(0, now - said)));
    }

    private void giveUp(SocketChannel channel, String why) {
        errors.merge(why, 1L, Long::sum);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a stream cannot be closed", e);
        }
    }
}
