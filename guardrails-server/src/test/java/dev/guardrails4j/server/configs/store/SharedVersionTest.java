package dev.guardrails4j.server.configs.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

@DisplayName("checks-contract 3.4: a change is seen within a second on every server")
class SharedVersionTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<String> told = new AtomicReference<>("one");
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private String tell() {
        asked.incrementAndGet();
        return told.get();
    }

    @Test
    void asksAgainAfterAWhile() {
        SharedVersion version = new SharedVersion("one", this::tell);

        told.set("two");

        await().atMost(10, SECONDS).until(() -> version.get().equals("two"));
    }

    @Test
    void asksAtOnceAfterAChangeOfItsOwn() {
        SharedVersion version = new SharedVersion("one", this::tell);
        told.set("two");

        version.supersede();

        assertThat(version.get()).isEqualTo("two");
        assertThat(version.get()).isEqualTo("two");
        assertThat(asked).hasValue(1);
    }

    @Test
    void letsNobodyWaitForAnAnswerThatIsLate() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        SharedVersion version = new SharedVersion("one", () -> {
            isAsked.countDown();
            awaitLatch(answers);
            return "two";
        });
        Future<?> asking = threads.submit(() -> {
            while (!version.get().equals("two")) {
                Thread.onSpinWait();
            }
        });
        isAsked.await();

        assertThat(version.get()).isEqualTo("one");
        answers.countDown();
        asking.get(10, SECONDS);
    }

    @Test
    void takesNoAnswerThatIsOlderThanAChangeOfItsOwn() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        SharedVersion version = new SharedVersion("zero", () -> {
            String answer = tell();
            if (answer.equals("one")) {
                isAsked.countDown();
                awaitLatch(answers);
            }
            return answer;
        });
        Future<String> early = threads.submit(() -> {
            String first = version.get();
            while (first.equals("zero")) {
                first = version.get();
            }
            return first;
        });
        isAsked.await();

        told.set("two");
        version.supersede();
        answers.countDown();

        assertThat(early.get(10, SECONDS)).isEqualTo("one");
        assertThat(version.get()).isEqualTo("two");
    }

    @Test
    void believesWhatItKnowsWhileThereIsNoAnswerButNotAfterAChange() {
        SharedVersion version = new SharedVersion("one", () -> {
            asked.incrementAndGet();
            throw new JedisException("gone");
        });

        await().atMost(10, SECONDS).until(() -> {
            assertThat(version.get()).isEqualTo("one");
            return asked.get() >= 2;
        });
        version.supersede();

        assertThatThrownBy(version::get).isInstanceOf(ConfigStoreException.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
