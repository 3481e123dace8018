package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How streams end before their end. Every one here would go on forever if it were not ended. DESIGN section 4. */
@Timeout(60)
class StreamLifeTest {

    private static final String TOO_LATE = "the model did not answer in time";
    private static final String GIVEN_UP = "the model's answer has been given up before its end";
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Far more than the buffers of two sockets hold. */
    private static final long MAX_UNREAD_BYTES = 32L * 1024 * 1024;

    private final ModelFixture fixture = new ModelFixture();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void slowsTheEndpointDownWhenNobodyReads() {
        fixture.upstream.respond(request -> Response.endless("x".repeat(1_000)));

        try (ChatStream stream = fixture.stream()) {
            awaitBlockedEndpoint();
            long unread = fixture.upstream.sentBytes();
            assertThat(unread).isLessThan(MAX_UNREAD_BYTES);

            long read = 0;
            while (read <= unread) {
                read += stream.next().orElseThrow().text().length();
            }
            await().until(() -> fixture.upstream.sentBytes() > unread);
        }
        await().until(() -> fixture.upstream.abandoned() == 1);
    }

    @Test
    void abortsTheExchangeAtOnceWhenItIsClosed() {
        fixture.upstream.respond(request -> Response.endless("x").pausing(PAUSE));
        TestDeadline deadline = TestDeadline.far();

        ChatStream stream = fixture.model().stream(ModelFixture.HELLO, deadline);
        assertThat(stream.next()).map(ChatChunk::text).contains("x");
        stream.close();

        await().until(() -> fixture.upstream.abandoned() == 1);
        assertThat(deadline.registrations()).isZero();
        assertThatThrownBy(stream::next).isInstanceOf(ModelException.class).hasMessage(GIVEN_UP);
    }

    @Test
    void givesNothingOfWhatHadComeBeforeItWasClosed() {
        fixture.upstream.respond(request -> Response.stream("a", "b", "c").heldAfter(7, never));

        ChatStream stream = fixture.stream();
        assertThat(stream.next()).map(ChatChunk::text).contains("a");
        stream.close();

        assertThatThrownBy(stream::next).hasMessage(GIVEN_UP);
    }

    @Test
    void endsAReadThatWaitsWhenAnotherThreadClosesIt() {
        fixture.upstream.respond(request -> Response.stream("a", "b").heldAfter(2, never));

        ChatStream stream = fixture.stream();
        assertThat(stream.next()).map(ChatChunk::text).contains("a");
        AtomicLong reader = new AtomicLong();
        CompletableFuture<?> read = CompletableFuture.supplyAsync(
                () -> {
                    reader.incrementAndGet();
                    return stream.next();
                },
                TestThreads::start);
        await().until(() -> reader.get() == 1);
        stream.close();

        assertThatThrownBy(read::join)
                .cause()
                .isInstanceOf(ModelException.class)
                .hasMessage(GIVEN_UP);
    }

    @Test
    void breaksOffAReadThatWaitsWhenItsDeadlineEnds() {
        fixture.upstream.respond(request -> Response.stream("a", "b").heldAfter(2, never));
        TestDeadline deadline = TestDeadline.far();

        ChatStream stream = fixture.model().stream(ModelFixture.HELLO, deadline);
        assertThat(stream.next()).map(ChatChunk::text).contains("a");
        CompletableFuture<?> read = CompletableFuture.supplyAsync(stream::next, TestThreads::start);
        deadline.end();

        assertThatThrownBy(read::join)
                .cause()
                .isInstanceOf(ModelException.class)
                .hasMessage(TOO_LATE);
        assertThat(deadline.registrations()).isZero();
    }

    @Test
    void breaksOffAStreamThatNobodyReadsWhenItsDeadlineEnds() {
        fixture.upstream.respond(request -> Response.endless("x".repeat(1_000)));
        TestDeadline deadline = TestDeadline.far();

        ChatStream stream = fixture.model().stream(ModelFixture.HELLO, deadline);
        awaitBlockedEndpoint();
        deadline.end();

        await().until(() -> fixture.upstream.abandoned() == 1);
        assertThatThrownBy(stream::next).hasMessage(TOO_LATE);
    }

    @Test
    void abortsARequestThatIsNotAnsweredWhenItsDeadlineEnds() {
        fixture.upstream.respond(request -> Response.stream("a").heldUntil(never));
        TestDeadline deadline = TestDeadline.far();
        ChatModel model = fixture.model();

        CompletableFuture<?> call =
                CompletableFuture.supplyAsync(() -> model.stream(ModelFixture.HELLO, deadline), TestThreads::start);
        await().until(() -> fixture.requests() == 1);
        deadline.end();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(ModelException.class)
                .hasMessage(TOO_LATE);
        assertThat(deadline.registrations()).isZero();
    }

    @Test
    void endsAStreamThatGoesOnBeyondTheTimeOut() {
        fixture.upstream.respond(request -> Response.endless("x").pausing(PAUSE));
        ChatModel model = fixture.connect(fixture.setup().with("timeout", Duration.ofMillis(300)));

        try (ChatStream stream = model.stream(ModelFixture.HELLO, TestDeadline.far())) {
            assertThatThrownBy(() -> ReadAnswer.of(stream)).hasMessage(TOO_LATE);
        }
        await().until(() -> fixture.upstream.abandoned() == 1);
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void endsAStreamThatFallsSilent() {
        ModelHttpClient.Limits impatient =
                new ModelHttpClient.Limits(10, 1_000_000, Duration.ofMillis(1), Duration.ofMillis(200));
        try (ModelFixture silent = new ModelFixture(impatient)) {
            silent.upstream.respond(request -> Response.stream("a", "b").heldAfter(2, never));

            try (ChatStream stream = silent.stream()) {
                assertThat(stream.next()).map(ChatChunk::text).contains("a");
                assertThatThrownBy(stream::next).hasMessage(TOO_LATE);
            }
            silent.upstream.respond(request -> Response.stream("a").heldUntil(never));
            assertThatThrownBy(silent::stream).hasMessage(TOO_LATE);
            assertThat(silent.requests()).isEqualTo(2);
        }
    }

    @Test
    void doesNotAskWhenTheDeadlineHasEnded() {
        TestDeadline deadline = TestDeadline.far();
        deadline.end();

        assertThatThrownBy(() -> fixture.model().stream(ModelFixture.HELLO, deadline))
                .hasMessage(TOO_LATE);
        assertThat(fixture.requests()).isZero();
    }

    @Test
    void endsWhenTheClientIsClosed() {
        fixture.upstream.respond(request -> Response.stream("a", "b").heldAfter(2, never));

        ChatStream stream = fixture.stream();
        assertThat(stream.next()).map(ChatChunk::text).contains("a");
        CompletableFuture<?> read = CompletableFuture.supplyAsync(stream::next, TestThreads::start);
        fixture.client.close();

        assertThatThrownBy(read::join).cause().isInstanceOf(ModelException.class);
        assertThatThrownBy(fixture::stream)
                .isInstanceOf(ModelException.class)
                .hasMessage("the model could not be reached: the engine has been closed");
    }

    private void awaitBlockedEndpoint() {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    long sent = fixture.upstream.sentBytes();
                    return sent > 0 && before.getAndSet(sent) == sent;
                });
    }
}
