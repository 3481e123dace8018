package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.engine.Cancellation;
import dev.guardrails4j.engine.RequestCancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void servesInTheOrderOfComing() {
        Places places = new Places(1, 10);
        assertThat(places.tryTake()).isTrue();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiting.add(CompletableFuture.runAsync(
                    () -> {
                        assertThat(places.take(LONG, new Cancellation())).isTrue();
                        served.add(number);
                        places.leave();
                    },
                    task -> new Thread(task).start()));
            await().until(() -> places.queued() == number + 1);
        }

        assertThat(places.tryTake()).as("nobody pushes in").isFalse();
        places.leave();

        waiting.forEach(CompletableFuture::join);
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(places.taken()).isZero();
    }

    @Test
    void refusesAtOnceWhenTheQueueIsFull() {
        Places places = new Places(1, 0);
        assertThat(places.take(LONG, new Cancellation())).isTrue();

        assertThat(places.take(LONG, new Cancellation())).isFalse();
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void refusesWhoHasWaitedTooLongAndForgetsHim() {
        Places places = new Places(1, 1);
        places.tryTake();

        assertThat(places.take(SHORT, new Cancellation())).isFalse();
        assertThat(places.queued()).isZero();
        places.leave();
        assertThat(places.tryTake()).isTrue();
    }

    @Test
    void letsGoWhoDoesNotWantToWaitAnyMore() {
        Places places = new Places(1, 1);
        places.tryTake();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> places.take(LONG, cancellation), task -> new Thread(task).start());
        await().until(() -> places.queued() == 1);

        cancellation.cancel();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiting::join)
                .withCauseInstanceOf(RequestCancelledException.class);
        assertThat(places.queued()).isZero();
        places.leave();
        assertThat(places.taken()).isZero();
    }

    /** Some are served, some give up, some are cancelled: no place is lost, and none is given twice. */
    @Test
    void keepsCountAmongManyThreads() throws Exception {
        Places places = new Places(3, 20);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(30);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                for (int round = 0; round < 300; round++) {
                    Cancellation cancellation = new Cancellation();
                    if (number % 5 == 0) {
                        cancellation.cancel();
                    }
                    try {
                        if (places.take(Duration.ofNanos(1_000L * (round % 100)), cancellation)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            inside.decrementAndGet();
                            places.leave();
                        }
                    } catch (RequestCancelledException e) {
                        assertThat(number % 5).isZero();
                    }
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(60, SECONDS);
        }
        threads.shutdown();

        assertThat(most.get()).isBetween(1, 3);
        assertThat(places.taken()).isZero();
        assertThat(places.queued()).isZero();
    }
}
