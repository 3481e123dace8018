package dev.guardrails4j.engine.model;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.Upstream;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("issue 7: a bulkhead for each upstream")
@Timeout(60)
class BulkheadTest {

    private final Upstreams upstreams = upstreams(2, Duration.ZERO);
    private final ModelFixture fixture = new ModelFixture(upstreams);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        fixture.close();
    }

    @Test
    void refusesWhatIsTooManyAtOnceAndLetsOthersGoOn() throws Exception {
        fixture.upstream.respond(request -> Response.answer("late").heldUntil(held));
        List<CompletableFuture<String>> running = List.of(asked(fixture), asked(fixture));
        await().until(() -> fixture.requests() == 2);

        ModelException refusal = catchThrowableOfType(ModelException.class, fixture::ask);

        assertThat(refusal)
                .hasMessage("the model is not asked, for as many calls of its server run as may at once")
                .hasRootCauseMessage(
                        "all 2 places of %s are taken", upstreams.loads().get(0).upstream());
        assertThat(refusal.code()).contains(Upstream.BUSY);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(fixture.requests()).isEqualTo(2);
        try (ScriptedUpstream other = ScriptedUpstream.start().answer("well")) {
            ChatModel model = fixture.connect(TestSetup.of("vllm_openai", Map.of("base_url", other.baseUrl())));
            assertThat(model.generate(ModelFixture.HELLO, TestDeadline.far()).text())
                    .isEqualTo("well");
        }
        held.countDown();
        assertThat(running.get(0).get(20, SECONDS)).isEqualTo("late");
        assertThat(running.get(1).get(20, SECONDS)).isEqualTo("late");
        assertThat(running()).isZero();
    }

    @Test
    void letsACallWaitForAPlaceNoLongerThanItsTime() throws Exception {
        try (ModelFixture patient = new ModelFixture(upstreams(1, Duration.ofMinutes(1)))) {
            patient.upstream.respond(request -> Response.answer("late").heldUntil(held));
            CompletableFuture<String> first = asked(patient);
            await().until(() -> patient.requests() == 1);

            assertThatThrownBy(
                            () -> patient.model().generate(ModelFixture.HELLO, new TestDeadline(Duration.ofMillis(20))))
                    .hasMessageContaining("as many calls");
            CompletableFuture<String> second = asked(patient);
            held.countDown();

            assertThat(first.get(20, SECONDS)).isEqualTo("late");
            assertThat(second.get(20, SECONDS)).isEqualTo("late");
        }
    }

    @Test
    void keepsThePlaceOfAStreamUntilItHasEnded() {
        fixture.upstream.respond(request -> Response.stream("a", "b").heldAfter(2, held));

        try (ChatStream stream = fixture.stream()) {
            assertThat(stream.next()).isPresent();
            assertThat(running()).isOne();

            held.countDown();
            ReadAnswer.of(stream);

            assertThat(running()).isZero();
        }
        assertThat(running()).isZero();
    }

    @Test
    void givesThePlaceOfAStreamBackWhenItIsClosedAgainAndAgain() {
        fixture.upstream.respond(request -> Response.endless("x").pausing(Duration.ofMillis(5)));

        ChatStream stream = fixture.stream();
        assertThat(running()).isOne();
        stream.close();
        stream.close();

        assertThat(running()).isZero();
    }

    @Test
    void givesThePlaceOfAStreamBackThatIsBrokenOffOrNoStream() {
        fixture.upstream.respond(request -> Response.stream("a", "b", "c").brokenOffAfter(2));
        ChatStream stream = fixture.stream();
        assertThatThrownBy(() -> ReadAnswer.of(stream)).isInstanceOf(ModelException.class);
        assertThat(running()).isZero();

        fixture.upstream.respond(request -> Response.json("""
                {"choices": [{"message": {"role": "assistant", "content": "at once"}, "finish_reason": "stop"}]}"""));
        assertThat(ReadAnswer.of(fixture.stream()).text()).isEqualTo("at once");
        assertThat(running()).isZero();

        fixture.upstream.respond(request -> new Response(200, Map.of("Content-Type", "text/html"), "<html>"));
        assertThatThrownBy(fixture::stream).isInstanceOf(ModelException.class);
        assertThat(running()).isZero();
    }

    @Test
    void losesNoPlaceWhenManyCallAtOnce() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Upstreams three = upstreams(3, Duration.ofMinutes(1));
        try (ModelFixture busy = new ModelFixture(three)) {
            busy.upstream.respond(request -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Thread.yield();
                atOnce.decrementAndGet();
                return busy.requests() % 5 == 0 ? Response.dropped() : Response.answer("ok");
            });
            List<CompletableFuture<String>> calls =
                    IntStream.range(0, 200).mapToObj(i -> asked(busy)).toList();

            await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));

            assertThat(most).hasValueBetween(1, 3);
            assertThat(three.loads())
                    .allSatisfy(load -> assertThat(load.running()).isZero());
        }
    }

    private int running() {
        return upstreams.loads().stream().mapToInt(Upstreams.Load::running).sum();
    }

    private static CompletableFuture<String> asked(ModelFixture fixture) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        TestThreads.start(() -> {
            try {
                answer.complete(fixture.ask().text());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static Upstreams upstreams(int most, Duration wait) {
        return new Upstreams(new UpstreamLimits(most, wait, Optional.empty()), EngineObserver.NOTHING);
    }
}
