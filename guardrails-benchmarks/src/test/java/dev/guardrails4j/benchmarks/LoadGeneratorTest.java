package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String OK = FakeServer.answer("200 OK");

    /**
     * 500 requests in a second, of which some 200 are due while the server answers none: only two of these are sent.
     */
    @Test
    void countsWhatHadToWaitBehindAStall() throws Exception {
        Duration stall = Duration.ofMillis(400);
        Stall once = new Stall(100, stall);
        try (FakeServer server = new FakeServer(once::answer)) {
            Measurement measured = new LoadGenerator(server.target(), 2).atRate(500, Duration.ofSeconds(1));

            assertThat(measured.failures()).isZero();
            assertThat(measured.latency().getTotalCount()).isEqualTo(500);
            assertThat(measured.millisAt(99)).isGreaterThan(stall.toMillis() / 2.0);
            assertThat(slowerThan(stall.dividedBy(2), measured.latency()))
                    .isGreaterThan(slowerThan(stall.dividedBy(2), measured.sendToAnswer()));
        }
    }

    @Test
    void offersAsManyRequestsAsTheRateAsksForHoweverFewConnectionsThereAre() throws Exception {
        try (FakeServer server = new FakeServer(number -> OK)) {
            Measurement measured = new LoadGenerator(server.target(), 1).atRate(300, SHORT);

            assertThat(server.requests()).isEqualTo(60);
            assertThat(measured.latency().getTotalCount()).isEqualTo(60);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void numbersNoTwoRequestsOfAllRunsAlike() throws Exception {
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            for (String path : List.of("/a", "/b")) {
                LoadGenerator load = new LoadGenerator(Target.post(address, path, Target.NUMBER), 2);
                for (int run = 0; run < 2; run++) {
                    assertThat(load.atRate(100, SHORT).failures()).isZero();
                }
            }
        } finally {
            server.stop(0);
        }

        assertThat(bodies).hasSize(requests.get()).hasSize(80);
    }

    @Test
    void countsLatenciesBeyondAFloor() throws Exception {
        Stall once = new Stall(6, Duration.ofMillis(300));
        try (FakeServer server = new FakeServer(once::answer)) {
            long startNanos = System.nanoTime();
            Measurement measured = new LoadGenerator(server.target(), 1, Duration.ofSeconds(5), Duration.ofMillis(200))
                    .atRate(30, SHORT);

            double tookMillis = (System.nanoTime() - startNanos) / 1e6;
            assertThat(measured.millisAt(100)).isBetween(90.0, tookMillis - 200);
        }
    }

    @Test
    void saturatesByAllConnectionsUntilTheTimeIsOver() throws Exception {
        try (FakeServer server = new FakeServer(number -> OK)) {
            Measurement measured = new LoadGenerator(server.target(), 4).saturating(SHORT);

            assertThat(server.connections()).isEqualTo(4);
            assertThat(measured.failures()).isZero();
            assertThat(measured.latency().getTotalCount()).isEqualTo(server.requests());
            assertThat(measured.throughput())
                    .isEqualTo(measured.answeredInTime() * 5.0)
                    .isPositive();
        }
    }

    @Test
    void countsOtherStatusesAndLeavesThemOutOfTheLatencies() throws Exception {
        String busy = FakeServer.answer("503 Service Unavailable");
        try (FakeServer server = new FakeServer(number -> number % 3 == 0 ? busy : OK)) {
            Measurement measured = new LoadGenerator(server.target(), 1).atRate(300, SHORT);

            assertThat(measured.errors()).containsExactly(entry("HTTP 503", 20L));
            assertThat(measured.latency().getTotalCount()).isEqualTo(40);
            assertThat(measured.failures()).isEqualTo(20);
        }
    }

    @Test
    void opensANewConnectionWhereOneBreaksAndCountsTheLoss() throws Exception {
        try (FakeServer server = new FakeServer(number -> number == 10 ? FakeServer.NOTHING : OK)) {
            Measurement measured = new LoadGenerator(server.target(), 1).atRate(300, SHORT);

            assertThat(measured.failures()).isEqualTo(1);
            assertThat(measured.latency().getTotalCount()).isEqualTo(59);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void takesAConnectionThatTheServerClosesForNoError() throws Exception {
        String last = FakeServer.answer("200 OK\r\nConnection: close");
        try (FakeServer server = new FakeServer(number -> number == 10 ? last : OK)) {
            Measurement measured = new LoadGenerator(server.target(), 1).atRate(300, SHORT);

            assertThat(measured.failures()).isZero();
            assertThat(measured.latency().getTotalCount()).isEqualTo(60);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void countsWhatIsNotHttpAsErrors() throws Exception {
        try (FakeServer server = new FakeServer(number -> "220 mail.example.com ESMTP\r\n")) {
            Measurement measured = new LoadGenerator(server.target(), 1).atRate(100, SHORT);

            assertThat(measured.latency().getTotalCount()).isZero();
            assertThat(measured.failures()).isEqualTo(20);
            assertThat(measured.errors().keySet()).allMatch(error -> error.startsWith("ProtocolException"));
        }
    }

    @Test
    void givesUpWhatHangsAndCountsWhatCouldNotBeSent() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(number -> number > 10 ? await(hanging) : OK)) {
            Measurement measured = new LoadGenerator(server.target(), 2, Duration.ofMillis(50)).atRate(300, SHORT);

            assertThat(measured.latency().getTotalCount()).isEqualTo(10);
            assertThat(measured.errors()).containsExactly(entry("no answer until the end", 2L));
            assertThat(measured.unsent()).isEqualTo(48);
            assertThat(measured.failures()).isEqualTo(50);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void saysWhereNobodyListens() {
        Target nobody = Target.chatCompletions(URI.create("http://127.0.0.1:" + ChildProcess.freePort() + "/v1"));

        assertThatThrownBy(() -> new LoadGenerator(nobody, 3).saturating(SHORT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 connections to " + nobody.name());
    }

    private static long slowerThan(Duration limit, Histogram nanos) {
        return nanos.getTotalCount() - nanos.getCountBetweenValues(0, limit.toNanos());
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
            return OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FakeServer.NOTHING;
        }
    }

    /** Answers nobody for a while, once, from a given request on. */
    private static final class Stall {

        private final int from;
        private final Duration length;
        private final CountDownLatch never = new CountDownLatch(1);

        Stall(int from, Duration length) {
            this.from = from;
            this.length = length;
        }

        synchronized String answer(int number) {
            if (number == from) {
                try {
                    assertThat(never.await(length.toMillis(), TimeUnit.MILLISECONDS))
                            .isFalse();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return OK;
        }
    }
}
