package dev.guardrails4j.engine.model;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.SteadyClock;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.Upstream;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.UpstreamLimits.Breaker;
import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("issue 7: a circuit breaker for each upstream")
@Timeout(60)
class CircuitBreakerTest {

    private static final int MINIMUM = 4;
    private static final int TRIALS = 2;
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final Breaker QUICK = new Breaker(50, 10, MINIMUM, OPEN, TRIALS, Duration.ofMillis(20));

    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-03-29T01:30:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final Upstreams upstreams = new Upstreams(
            UpstreamLimits.DEFAULT.with(QUICK), new Listening(), new SteadyClock(wallClock::get, nanos::get));
    private final ModelFixture fixture = new ModelFixture(upstreams);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        fixture.close();
    }

    @Test
    void answersAtOnceWithoutAskingWhenTheUpstreamHasFailedAgainAndAgain() {
        open();

        ModelException refusal = refusal(patient());

        assertThat(refusal)
                .hasMessage(
                        "the model is not asked, for its server has failed again and again; it is tried again in 10 s")
                .hasRootCauseMessage("the circuit breaker of %s is open", origin());
        assertThat(refusal.code()).contains(Upstream.CIRCUIT_OPEN);
        assertThat(refusal.retryAfter()).contains(OPEN);
        assertThat(refusal.status()).isEmpty();
        assertThat(fixture.requests()).isEqualTo(MINIMUM);
        assertThat(heard).containsExactly("open", "CIRCUIT_OPEN");
    }

    @Test
    void tellsHowLongItIsUntilTheNextTry() {
        open();
        pass(Duration.ofSeconds(7));

        assertThat(refusal(patient()).retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void stopsTryingAgainOnceItIsOpen() {
        failing();

        assertThat(refusal(fixture.connect(fixture.setup().with("max_attempts", 10))))
                .hasMessage("down");
        assertThat(fixture.requests()).isEqualTo(MINIMUM);
    }

    @Test
    void letsAFewCallsThroughAfterAWhileAndClosesWhenTheyWork() throws Exception {
        open();
        pass(OPEN.plusMillis(1));
        fixture.upstream.respond(request -> Response.answer("back").heldUntil(held));

        List<CompletableFuture<String>> trials = List.of(asked(), asked());
        await().until(() -> fixture.requests() == MINIMUM + TRIALS);
        ModelException tooMany = refusal(hasty());
        held.countDown();

        assertThat(tooMany.code()).contains(Upstream.CIRCUIT_OPEN);
        assertThat(tooMany.retryAfter()).contains(Duration.ofSeconds(1));
        for (CompletableFuture<String> trial : trials) {
            assertThat(trial.get(20, SECONDS)).isEqualTo("back");
        }
        assertThat(asked().get(20, SECONDS)).isEqualTo("back");
        assertThat(heard).containsExactly("open", "half_open", "CIRCUIT_OPEN", "closed");
    }

    @Test
    void opensAgainWhenTheTrialsFail() {
        open();
        pass(OPEN.plusMillis(1));

        refusal(hasty());
        refusal(hasty());
        ModelException refusal = refusal(hasty());

        assertThat(refusal.code()).contains(Upstream.CIRCUIT_OPEN);
        assertThat(refusal.retryAfter()).contains(OPEN);
        assertThat(fixture.requests()).isEqualTo(MINIMUM + TRIALS);
        assertThat(heard).containsExactly("open", "half_open", "open", "CIRCUIT_OPEN");
    }

    @Test
    void goesOnTryingWhenTheTrialsAreGivenUp() {
        open();
        pass(OPEN.plusMillis(1));
        fixture.upstream.respond(request -> Response.answer("back").heldUntil(held));
        for (int i = 0; i < 2 * TRIALS; i++) {
            giveUp();
        }
        held.countDown();

        assertThat(hasty().generate(ModelFixture.HELLO, TestDeadline.far()).text())
                .isEqualTo("back");
    }

    @Test
    void isSharedByAllThatReachTheUpstreamAndByNobodyElse() {
        open();

        ChatModel sameServer = fixture.connect(TestSetup.of(
                "vllm_openai", Map.of("base_url", fixture.upstream.baseUrl().replace("http:", "HTTP:") + "/other/v1")));
        assertThat(refusal(sameServer).code()).contains(Upstream.CIRCUIT_OPEN);
        try (ScriptedUpstream other = ScriptedUpstream.start().answer("well")) {
            ChatModel otherPort = fixture.connect(TestSetup.of("vllm_openai", Map.of("base_url", other.baseUrl())));
            assertThat(otherPort
                            .generate(ModelFixture.HELLO, TestDeadline.far())
                            .text())
                    .isEqualTo("well");
        }
    }

    static Stream<Response> faults() {
        return Stream.of(
                Response.error(500, "x", "x"),
                Response.error(504, "x", "x"),
                Response.dropped(),
                Response.answer("half of it").brokenOff(),
                new Response(200, Map.of("Content-Type", "application/json"), "{\"choices\": ["),
                new Response(200, Map.of("Content-Type", "text/html"), "<html>It works!</html>"),
                Response.answer("x".repeat(100_000)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void opensAfter(Response fault) {
        fixture.upstream.respond(request -> fault);

        callMany(hasty());

        assertThat(fixture.requests()).isEqualTo(MINIMUM);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 408, 409, 422, 429})
    void staysClosedAfter(int status) {
        fixture.upstream.respond(request -> status == 200 ? Response.answer("ok") : Response.error(status, "no", "x"));

        callMany(hasty());

        assertThat(fixture.requests()).isEqualTo(3 * MINIMUM);
    }

    @Test
    void opensWhenConnectionsAreRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ChatModel nobody = fixture.connect(
                TestSetup.of("vllm_openai", Map.of("base_url", "http://127.0.0.1:" + port, "max_attempts", 1)));

        callMany(nobody);

        assertThat(refusal(nobody).code()).contains(Upstream.CIRCUIT_OPEN);
    }

    @Test
    void opensWhenAnswersAreLate() {
        fixture.upstream.respond(request -> Response.answer("late").heldUntil(held));

        callMany(fixture.connect(hastySetup().with("timeout", Duration.ofMillis(40))));

        assertThat(fixture.requests()).isEqualTo(MINIMUM);
    }

    @Test
    void staysClosedWhenConfigurationsGiveLessTimeThanAnUpstreamIsToBeGiven() {
        fixture.upstream.respond(request -> Response.answer("late").heldUntil(held));

        callMany(fixture.connect(hastySetup().with("timeout", Duration.ofMillis(3))));

        assertThat(heard).isEmpty();
    }

    @Test
    void staysClosedWhenCallersGiveUp() {
        fixture.upstream.respond(request -> Response.answer("late").heldUntil(held));

        for (int i = 0; i < 2 * MINIMUM; i++) {
            giveUp();
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void opensWhenStreamsBreakOff() {
        fixture.upstream.respond(request -> Response.stream("a", "b", "c").brokenOffAfter(2));

        for (int i = 0; i < MINIMUM / 2; i++) {
            try (ChatStream stream = hasty().stream(ModelFixture.HELLO, TestDeadline.far())) {
                assertThatThrownBy(() -> ReadAnswer.of(stream)).hasMessage("the model broke off its answer");
            }
        }

        assertThatThrownBy(() -> hasty().stream(ModelFixture.HELLO, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("failed again and again");
    }

    @Test
    void staysClosedWhenStreamsAreClosedByTheirReaders() {
        fixture.upstream.respond(request -> Response.endless("x").pausing(Duration.ofMillis(5)));

        for (int i = 0; i < 2 * MINIMUM; i++) {
            try (ChatStream stream = hasty().stream(ModelFixture.HELLO, TestDeadline.far())) {
                assertThat(stream.next()).isPresent();
            }
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void isNotOpenedByAHandfulOfFailuresUnlessSomebodySaysSo() {
        try (ModelFixture usual = new ModelFixture()) {
            usual.upstream.respond(request -> Response.error(500, "down", "x"));
            for (int call = 0; call < 6; call++) {
                refusal(usual.model());
            }
            usual.upstream.answer("up");

            assertThat(usual.ask().text()).isEqualTo("up");
        }
    }

    /** The clock of the machine is set back meanwhile. */
    private void pass(Duration time) {
        wallClock.updateAndGet(now -> now.minus(Duration.ofHours(1)));
        nanos.addAndGet(time.toNanos());
    }

    private void failing() {
        fixture.upstream.respond(request -> Response.error(500, "down", "x"));
    }

    private void open() {
        failing();
        for (int i = 0; i < MINIMUM; i++) {
            refusal(hasty());
        }
    }

    /** After a time in which the upstream could have been late. */
    private void giveUp() {
        TestDeadline deadline = TestDeadline.far();
        int before = fixture.requests();
        long since = System.nanoTime();
        TestThreads.start(() -> {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> fixture.requests() > before
                            && Duration.ofNanos(System.nanoTime() - since).compareTo(QUICK.lateAfter()) > 0);
            deadline.end();
        });
        assertThatThrownBy(() -> hasty().generate(ModelFixture.HELLO, deadline))
                .hasMessage("the model did not answer in time");
    }

    private void callMany(ChatModel model) {
        for (int i = 0; i < 3 * MINIMUM; i++) {
            try {
                model.generate(ModelFixture.HELLO, TestDeadline.far());
            } catch (ModelException e) {
                assertThat(e).hasMessageNotContaining("127.0.0.1");
            }
        }
    }

    private TestSetup hastySetup() {
        return fixture.setup().with("max_attempts", 1);
    }

    private ChatModel hasty() {
        return fixture.connect(hastySetup());
    }

    private ChatModel patient() {
        return fixture.model();
    }

    private CompletableFuture<String> asked() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        TestThreads.start(() -> {
            try {
                answer.complete(
                        hasty().generate(ModelFixture.HELLO, TestDeadline.far()).text());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private String origin() {
        return fixture.upstream.baseUrl().replaceFirst("(http://[^/]+).*", "$1");
    }

    private static ModelException refusal(ChatModel model) {
        return catchThrowableOfType(ModelException.class, () -> model.generate(ModelFixture.HELLO, TestDeadline.far()));
    }

    /** What an observer is told. */
    private final class Listening implements EngineObserver {

        @Override
        public void upstreamChanged(String upstream, String state) {
            heard.add(state);
        }

        @Override
        public void upstreamNotAsked(String upstream, NotAsked why) {
            heard.add(why.name());
        }
    }
}
