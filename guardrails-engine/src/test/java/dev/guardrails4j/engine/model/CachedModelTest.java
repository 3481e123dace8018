package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.config.ModelCacheConfig;
import dev.guardrails4j.engine.model.CachedModel.Answer;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Contract "config and rails" 6.1. */
class CachedModelTest {

    private static final ModelCacheConfig USUAL = new ModelCacheConfig(100, false, Optional.empty());

    private final ModelFixture fixture = new ModelFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CachedModel model = cached(USUAL);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        fixture.close();
    }

    @Test
    void asksOnceForTheSame() {
        fixture.upstream.answer("safe");

        Answer first = ask("one");
        Answer second = ask("one");

        assertThat(first.fromCache()).isFalse();
        assertThat(second.fromCache()).isTrue();
        assertThat(second.response().text()).isEqualTo("safe");
        assertThat(second.response().usage()).isEqualTo(first.response().usage());
        assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfTheAnswerButWhatItSays() {
        assertThat(ask("one").response().raw()).isNotEmpty();
        assertThat(ask("one").response().raw()).isEmpty();
    }

    @Test
    void asksForEverythingElse() {
        List<ChatRequest> all = List.of(
                request("one"),
                request("two"),
                request("one "),
                new ChatRequest(List.of(Message.system("one")), Map.of()),
                new ChatRequest(List.of(Message.user("one"), Message.user("one")), Map.of()),
                new ChatRequest(List.of(Message.user("one")), Map.of("temperature", 0.5)),
                new ChatRequest(List.of(Message.user("one")), Map.of("temperature", 1)),
                new ChatRequest(Optional.of("other"), List.of(Message.user("one")), Map.of()));

        all.forEach(request -> model.generate(request, TestDeadline.far()));

        assertThat(fixture.requests()).isEqualTo(all.size());
    }

    @Test
    void asksForStreamsEachTime() {
        model.stream(request("one"), TestDeadline.far()).close();
        model.stream(request("one"), TestDeadline.far()).close();

        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void asksOnceForManyAtOnce() {
        CountDownLatch asked = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.answer("safe").heldUntil(asked));

        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(waiting("one"));
        }
        asked.countDown();

        assertThat(callers)
                .allSatisfy(
                        caller -> assertThat(caller.answer().response().text()).isEqualTo("safe"));
        assertThat(callers).filteredOn(caller -> !caller.answer().fromCache()).hasSize(1);
        assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void goesOnForTheOthersWhenTheFirstGivesUp() {
        CountDownLatch asked = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.answer("safe").heldUntil(asked));
        Caller first = waiting("one");
        Caller second = waiting("one");

        first.deadline.end();
        assertThatThrownBy(first::answer).hasRootCauseInstanceOf(ModelException.class);
        asked.countDown();

        assertThat(second.answer().response().text()).isEqualTo("safe");
        assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void goesOnForTheOthersWhenTheFirstIsInterrupted() {
        CountDownLatch asked = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.answer("safe").heldUntil(asked));
        Caller first = waiting("one");
        Caller second = waiting("one");

        first.thread.interrupt();
        assertThatThrownBy(first::answer).hasRootCauseInstanceOf(ModelException.class);
        asked.countDown();

        assertThat(second.answer().response().text()).isEqualTo("safe");
        assertThat(fixture.requests()).isEqualTo(1);
    }

    /** The first has little time; what it has must not bound the call that others have joined. */
    @Test
    void givesTheCallTheTimeOfTheModelNotOfTheFirst() {
        AtomicReference<Duration> given = new AtomicReference<>(Duration.ZERO);
        CachedModel noting = new CachedModel("judge", new NotingTime(given), USUAL, threads);

        noting.generate(request("one"), new TestDeadline(Duration.ofMillis(50)));

        assertThat(given.get()).isGreaterThan(Duration.ofMinutes(10));
    }

    @Test
    void holdsTheTimeOfWhoeverWaits() {
        CountDownLatch asked = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.answer("safe").heldUntil(asked));
        Caller first = waiting("one");
        Caller second = waiting("one");

        second.deadline.end();
        assertThatThrownBy(second::answer)
                .hasRootCauseMessage("the model did not answer in time")
                .hasRootCauseInstanceOf(ModelException.class);
        assertThat(first.future).isNotDone();
        asked.countDown();

        assertThat(first.answer().response().text()).isEqualTo("safe");
    }

    @Test
    void abortsTheCallWhenNobodyWaitsAnyMoreAndAsksAnew() {
        fixture.upstream.respond(
                request -> Response.answer("safe".repeat(1_000)).dripping(Duration.ofMillis(5)));
        Caller first = waiting("one");
        Caller second = waiting("one");

        first.deadline.end();
        second.thread.interrupt();

        await().until(() -> fixture.upstream.abandoned() == 1);
        fixture.upstream.answer("safe");
        assertThat(ask("one").fromCache()).isFalse();
        assertThat(ask("one").fromCache()).isTrue();
        assertThat(model.running()).isZero();
    }

    @Test
    void remembersNoFailure() {
        fixture.upstream.respondInTurn(Response.error(400, "no", "bad"), Response.answer("safe"));

        assertThatThrownBy(() -> ask("one")).isInstanceOf(ModelException.class);
        assertThat(ask("one").response().text()).isEqualTo("safe");
        assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void tellsAFailureToAllWhoWait() {
        CountDownLatch asked = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.error(400, "no", "bad").heldUntil(asked));
        Caller first = waiting("one");
        Caller second = waiting("one");

        asked.countDown();

        assertThatThrownBy(first::answer).hasRootCauseInstanceOf(ModelException.class);
        assertThatThrownBy(second::answer).hasRootCauseInstanceOf(ModelException.class);
        assertThat(fixture.requests()).isEqualTo(1);
        assertThat(model.running()).isZero();
    }

    @Test
    void remembersNoAnswerThatWasCutShortOrSaysNothing() {
        fixture.upstream.respondInTurn(
                Response.json("""
                        {"choices": [{"message": {"role": "assistant", "content": "sa"}, "finish_reason": "length"}]}"""), Response.answer(" "), Response.answer("x".repeat(20_000)), Response.answer("safe"));

        for (int i = 0; i < 4; i++) {
            assertThat(ask("one").fromCache()).isFalse();
        }
        assertThat(ask("one").fromCache()).isTrue();
    }

    @Test
    void forgetsWhatItIsToldTo() {
        ask("one");
        model.forget(request("one"));

        assertThat(ask("one").fromCache()).isFalse();
    }

    @Test
    void makesRoomForNewAnswers() {
        CachedModel small = cached(new ModelCacheConfig(1, false, Optional.empty()));
        for (String text : List.of("one", "two", "three")) {
            small.generate(request(text), TestDeadline.far());
        }

        long known = List.of("one", "two", "three").stream()
                .filter(text -> CachedModel.ask(small, request(text), TestDeadline.far())
                        .fromCache())
                .count();

        assertThat(known).isLessThanOrEqualTo(1);
    }

    @Test
    void logsHowOftenItHelpsWhenTheIntervalIsOver() {
        List<String> logged = logged(() -> {
            CachedModel counting = cached(new ModelCacheConfig(10, true, Optional.of(Duration.ofNanos(1))));
            counting.generate(request("one"), TestDeadline.far());
            counting.generate(request("one"), TestDeadline.far());
        });

        assertThat(logged)
                .last()
                .isEqualTo(
                        "Cache of the model 'content_safety': LFU Cache Statistics - Size: 1/10 | Hits: 1 | Misses: 1"
                                + " | Hit Rate: 50.00% | Evictions: 0 | Puts: 1");
    }

    @Test
    void logsAtTheEndWithoutAnInterval() {
        List<String> logged = logged(() -> {
            CachedModel counting = cached(new ModelCacheConfig(10, true, Optional.empty()));
            counting.generate(request("one"), TestDeadline.far());
            counting.close();
        });

        assertThat(logged).singleElement().asString().contains("Hits: 0 | Misses: 1 | Hit Rate: 0.00%");
    }

    @Test
    void logsNothingUnlessItIsToldTo() {
        assertThat(logged(() -> {
                    CachedModel silent = cached(USUAL);
                    silent.generate(request("one"), TestDeadline.far());
                    silent.close();
                }))
                .isEmpty();
    }

    @Test
    void answersEverybodyWhoStaysHoweverManyGiveUp() {
        fixture.upstream.respond(request -> Response.answer("safe"));
        Random random = new Random(42);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Caller caller = new Caller(request("text " + random.nextInt(5)), TestDeadline.far());
            callers.add(caller);
            caller.thread.start();
            if (random.nextInt(3) == 0) {
                caller.deadline.end();
                caller.gaveUp = true;
            }
            if (random.nextInt(4) == 0) {
                model.forget(request("text " + random.nextInt(5)));
            }
        }

        for (Caller caller : callers) {
            if (!caller.gaveUp) {
                assertThat(caller.answer().response().text()).isEqualTo("safe");
            }
        }
        await().until(() -> callers.stream().allMatch(caller -> caller.future.isDone()));
        assertThat(model.running()).isZero();
    }

    private CachedModel cached(ModelCacheConfig config) {
        return new CachedModel("content_safety", fixture.model(), config, threads);
    }

    private Answer ask(String text) {
        return CachedModel.ask(model, request(text), TestDeadline.far());
    }

    private static ChatRequest request(String text) {
        return new ChatRequest(List.of(Message.user(text)), Map.of("temperature", 0.01));
    }

    /** A caller in a thread of its own that waits for its answer. */
    private Caller waiting(String text) {
        Caller caller = new Caller(request(text), TestDeadline.far());
        caller.thread.start();
        await().until(() -> caller.thread.getState() == Thread.State.WAITING && fixture.requests() > 0);
        return caller;
    }

    private final class Caller {

        private final TestDeadline deadline;
        private final CompletableFuture<Answer> future = new CompletableFuture<>();
        private final Thread thread;
        private boolean gaveUp;

        Caller(ChatRequest request, TestDeadline deadline) {
            this.deadline = deadline;
            this.thread = new Thread(() -> {
                try {
                    future.complete(CachedModel.ask(model, request, deadline));
                } catch (RuntimeException e) {
                    future.completeExceptionally(e);
                }
            });
        }

        Answer answer() {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** Answers at once, and notes how much time it was given. */
    private record NotingTime(AtomicReference<Duration> given) implements ChatModel {

        @Override
        public String engine() {
            return "noting";
        }

        @Override
        public String name() {
            return "m";
        }

        @Override
        public ChatResponse generate(ChatRequest request, Deadline deadline) {
            given.set(deadline.remaining());
            return ChatResponse.of("m", "safe");
        }
    }

    private static List<String> logged(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(CacheStatistics.class);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        logger.setLevel(Level.INFO);
        try {
            work.run();
        } finally {
            logger.setLevel(null);
            logger.detachAppender(events);
        }
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
