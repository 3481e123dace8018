package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every call here would take forever if it were not ended: a hanging test is a failing one. */
@Timeout(60)
class ModelTimeOutsTest {

    private static final String TOO_LATE = "the model did not answer in time";

    private final ModelFixture fixture = new ModelFixture();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ChatModel model = fixture.connect(fixture.setup().with("base_url", "http://127.0.0.1:" + port));

        assertThatThrownBy(() -> model.generate(ModelFixture.HELLO, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model could not be reached: the connection was refused")
                .satisfies(e -> assertThat(((ModelException) e).status()).isEmpty());
    }

    @Test
    void tellsThatTheHostIsNotKnown() {
        ChatModel model = fixture.connect(fixture.setup().with("base_url", "http://no-such-host.invalid"));

        assertThatThrownBy(() -> model.generate(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage("the model could not be reached: its host is not known");
    }

    @Test
    void tellsThatThereIsNoTls() {
        try (RawUpstream server = RawUpstream.start(call -> call.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            String url = server.baseUrl().replace("http:", "https:");

            assertThatThrownBy(() -> fixture.connect(fixture.setup().with("base_url", url))
                            .generate(ModelFixture.HELLO, TestDeadline.far()))
                    .hasMessage("the model could not be reached: no trusted TLS connection can be made");
        }
    }

    @Test
    void endsACallThatHangsAtItsTimeOutAndDoesNotTryAgain() {
        fixture.upstream.respond(request -> Response.answer("never").heldUntil(never));

        assertThatThrownBy(
                        () -> modelWithTimeOut(Duration.ofMillis(200)).generate(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage(TOO_LATE);
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void endsACallThatDripsAtItsTimeOut() {
        fixture.upstream.respond(
                request -> Response.answer("x".repeat(1_000_000)).dripping(Duration.ofMillis(20)));

        assertThatThrownBy(
                        () -> modelWithTimeOut(Duration.ofMillis(300)).generate(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage(TOO_LATE);
        await().until(() -> fixture.upstream.abandoned() == 1);
    }

    @Test
    void endsACallWhenItsDeadlineHasNoTimeLeft() {
        fixture.upstream.respond(request -> Response.answer("never").heldUntil(never));

        assertThatThrownBy(() -> fixture.model().generate(ModelFixture.HELLO, new TestDeadline(Duration.ofMillis(200))))
                .hasMessage(TOO_LATE);
    }

    @Test
    void abortsACallThatHangsWhenItsDeadlineEnds() {
        fixture.upstream.respond(request -> Response.answer("never").heldUntil(never));

        TestDeadline deadline = TestDeadline.far();
        CompletableFuture<?> call = call(deadline);
        await().until(() -> fixture.requests() == 1);
        deadline.end();

        assertTooLate(call);
        assertThat(deadline.registrations()).isZero();
    }

    @Test
    void closesTheConnectionOfAnAbortedCall() {
        fixture.upstream.respond(
                request -> Response.answer("x".repeat(1_000_000)).dripping(Duration.ofMillis(5)));

        TestDeadline deadline = TestDeadline.far();
        CompletableFuture<?> call = call(deadline);
        await().until(() -> fixture.requests() == 1);
        deadline.end();

        assertTooLate(call);
        await().until(() -> fixture.upstream.abandoned() == 1);
        fixture.upstream.answer("next");
        assertThat(fixture.ask().text()).isEqualTo("next");
    }

    @Test
    void abortsThePauseBeforeAnotherAttempt() {
        fixture.upstream.respond(request -> Response.error(503, "busy", "x").header("Retry-After", "50"));

        TestDeadline deadline = TestDeadline.far();
        CompletableFuture<?> call = call(deadline);
        await().until(() -> fixture.requests() == 1);
        deadline.end();

        assertTooLate(call);
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void abortsACallThatWaitsForAConnection() {
        try (ModelFixture narrow = new ModelFixture(new ModelHttpClient.Limits(1, 1_000_000, Duration.ofMillis(1)))) {
            narrow.upstream.respond(request -> Response.answer("never").heldUntil(never));
            TestDeadline first = TestDeadline.far();
            TestDeadline second = TestDeadline.far();
            ChatModel model = narrow.model();
            CompletableFuture<?> holder =
                    CompletableFuture.supplyAsync(() -> model.generate(ModelFixture.HELLO, first), TestThreads::start);
            await().until(() -> narrow.requests() == 1);
            CompletableFuture<?> waiter =
                    CompletableFuture.supplyAsync(() -> model.generate(ModelFixture.HELLO, second), TestThreads::start);
            await().until(() -> second.registrations() == 1);
            second.end();

            assertTooLate(waiter);
            assertThat(holder).isNotDone();
            first.end();
            assertTooLate(holder);
        }
    }

    @Test
    void doesNotAskWhenTheDeadlineHasEnded() {
        TestDeadline deadline = TestDeadline.far();
        deadline.end();

        assertThatThrownBy(() -> fixture.model().generate(ModelFixture.HELLO, deadline))
                .hasMessage(TOO_LATE);
        assertThat(fixture.requests()).isZero();
    }

    @Test
    void endsAPauseOnInterruptAndKeepsTheInterrupt() throws InterruptedException {
        fixture.upstream.respond(request -> Response.error(503, "busy", "x").header("Retry-After", "50"));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                fixture.ask();
            } catch (ModelException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(ModelException.class).hasMessage(TOO_LATE);
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void endsCallsWhenTheClientIsClosed() {
        fixture.upstream.respond(request -> Response.answer("never").heldUntil(never));

        CompletableFuture<?> call = call(TestDeadline.far());
        await().until(() -> fixture.requests() == 1);
        fixture.client.close();

        assertThatThrownBy(call::join).cause().isInstanceOf(ModelException.class);
        assertThatThrownBy(fixture::ask)
                .isInstanceOf(ModelException.class)
                .hasMessage("the model could not be reached: the engine has been closed");
    }

    private ChatModel modelWithTimeOut(Duration timeOut) {
        return fixture.connect(fixture.setup().with("timeout", timeOut));
    }

    private CompletableFuture<?> call(TestDeadline deadline) {
        ChatModel model = fixture.model();
        return CompletableFuture.supplyAsync(() -> model.generate(ModelFixture.HELLO, deadline), TestThreads::start);
    }

    private static void assertTooLate(CompletableFuture<?> call) {
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .extracting(Throwable::getCause, THROWABLE)
                .isInstanceOf(ModelException.class)
                .hasMessage(TOO_LATE);
    }
}
