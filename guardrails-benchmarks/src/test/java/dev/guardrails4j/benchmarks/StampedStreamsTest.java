package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The mock of streams, read by the clients that measure it. */
final class StampedStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void everyStreamSaysAWordInEachGap() throws IOException {
        try (StampedStreams streams = StampedStreams.start(0, Duration.ofMillis(20));
                StreamReaders readers = new StreamReaders(target(streams))) {
            readers.open(10, 1_000, PATIENCE);
            Histogram delays = readers.read(Duration.ofMillis(400));

            assertThat(readers.errors()).isEmpty();
            // 20 words of each, and what is under way at both ends.
            assertThat(delays.getTotalCount()).isBetween(100L, 10L * 22);
        }
    }

    @Test
    void measuresHowLongWordsWaited() throws Exception {
        try (StampedStreams streams = StampedStreams.start(0, Duration.ofMillis(20));
                StreamReaders readers = new StreamReaders(target(streams))) {
            readers.open(1, 1_000, PATIENCE);
            Thread.sleep(300); // the words of this time wait in the socket
            Histogram delays = readers.read(Duration.ofMillis(100));

            assertThat(delays.getMaxValue()).isGreaterThan(200_000_000L);
        }
    }

    @Test
    void saysThatStreamsDoNotBegin() throws IOException {
        try (FakeServer server = new FakeServer(number -> FakeServer.answer("503 Service Unavailable"));
                StreamReaders readers = new StreamReaders(server.target())) {
            assertThatThrownBy(() -> readers.open(3, 1_000, PATIENCE))
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContaining("only 0 have begun")
                    .hasMessageContaining("HTTP/1.1 503");
        }
    }

    @Test
    void countsStreamsThatBreakOff() throws IOException {
        StampedStreams streams = StampedStreams.start(0, Duration.ofMillis(20));
        try (StreamReaders readers = new StreamReaders(target(streams))) {
            readers.open(3, 1_000, PATIENCE);
            streams.close();
            readers.read(Duration.ofMillis(200));

            assertThat(readers.errors().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(3);
        }
    }

    @Test
    void findsTimesInWhateverPiecesTheyCome() {
        byte[] bytes =
                "{\"content\":\"t00000000000000ff \"}, {\"\"content\":\"to\"}, {\"content\":\"t0000000000000010\"}"
                        .getBytes(StandardCharsets.US_ASCII);
        for (int size = 1; size <= bytes.length; size++) {
            List<Long> times = new ArrayList<>();
            StampedText text = new StampedText();
            for (int at = 0; at < bytes.length; at += size) {
                int count = Math.min(size, bytes.length - at);
                byte[] piece = new byte[size];
                System.arraycopy(bytes, at, piece, 0, count);
                text.read(piece, count, times::add);
            }

            assertThat(times).containsExactly(255L, 16L);
        }
    }

    private static Target target(StampedStreams streams) {
        return Target.chatCompletions(URI.create("http://127.0.0.1:" + streams.port() + "/v1"));
    }
}
