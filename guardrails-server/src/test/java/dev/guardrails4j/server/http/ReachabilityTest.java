package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void asksOnceHoweverManyWantToKnow() throws Exception {
        Reachability reachability = new Reachability(asked::incrementAndGet, threads);

        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(threads.submit(reachability::isGiven));
        }

        for (Future<Boolean> answer : answers) {
            assertThat(answer.get(20, SECONDS)).isTrue();
        }
        assertThat(asked.get()).isLessThan(10);
    }

    @Test
    void isNotGivenWhenAskingFailsAndIsAgainWhenItDoesNot() {
        CountDownLatch isBack = new CountDownLatch(1);
        Reachability reachability = new Reachability(
                () -> {
                    if (isBack.getCount() > 0) {
                        throw new IllegalStateException("away");
                    }
                },
                threads);

        assertThat(reachability.isGiven()).isFalse();
        isBack.countDown();

        await().until(reachability::isGiven);
    }

    @Test
    void doesNotWaitForAnAnswerThatDoesNotComeAndAsksNoSecondTimeBeforeIt() {
        CountDownLatch answer = new CountDownLatch(1);
        Reachability reachability = new Reachability(
                () -> {
                    asked.incrementAndGet();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                threads);

        assertThat(reachability.isGiven()).isFalse();
        await().during(3, SECONDS).atMost(20, SECONDS).until(() -> !reachability.isGiven());
        assertThat(asked).hasValue(1);

        answer.countDown();
        await().until(reachability::isGiven);
    }
}
