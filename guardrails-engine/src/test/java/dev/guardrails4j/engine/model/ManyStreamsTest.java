package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ManyStreamsTest {

    private static final Pattern NUMBER = Pattern.compile("question ([0-9]+)");
    private static final int STREAMS = 200;

    @Test
    void twoHundredStreamsAtOnceGetTheirOwnAnswers() {
        CountDownLatch allHalfRead = new CountDownLatch(1);
        AtomicInteger halfRead = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(STREAMS);
        try (ModelFixture fixture = new ModelFixture()) {
            fixture.upstream.respond(request -> {
                Matcher number = NUMBER.matcher(request.body());
                return Response.stream("answer ", number.find() ? number.group(1) : "?", ".")
                        .heldAfter(3, allHalfRead);
            });
            ChatModel model = fixture.model();

            List<CompletableFuture<String>> answers = IntStream.range(0, STREAMS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> read(model, i, halfRead), callers))
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> halfRead.get() == STREAMS);
            allHalfRead.countDown();

            assertThat(answers.stream().map(CompletableFuture::join))
                    .containsExactlyElementsOf(IntStream.range(0, STREAMS)
                            .mapToObj(i -> "answer " + i + ".")
                            .toList());
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void everyEndOfAStreamGivesItsConnectionBack() {
        CountDownLatch never = new CountDownLatch(1);
        ModelHttpClient.Limits oneConnection = new ModelHttpClient.Limits(1, 10_000, Duration.ofMillis(1));
        try (ModelFixture fixture = new ModelFixture(oneConnection)) {
            List.of(
                            Response.stream("ok"),
                            Response.json(Response.answer("ok").body()),
                            Response.error(400, "no", "x"),
                            Response.error(400, "no stream_options", "x"),
                            Response.json("nonsense"),
                            Response.json("<html>"),
                            Response.json("{\"x\":\"" + "x".repeat(20_000)),
                            Response.sse("data: nonsense\n\n".repeat(100)),
                            Response.sse("data: {\"error\":\"no\"}\n\n".repeat(100)),
                            Response.endless("x".repeat(100)),
                            Response.stream("half", "rest").brokenOffAfter(2),
                            Response.stream("half", "rest").heldAfter(2, never),
                            Response.stream("ok").heldAfter(3, never),
                            Response.stream("ok").heldAfter(5, never),
                            Response.dropped(),
                            Response.stream("never").heldUntil(never))
                    .forEach(response -> {
                        fixture.upstream.respond(request -> response);
                        ChatModel model = fixture.connect(fixture.setup().with("timeout", Duration.ofMillis(500)));

                        catchThrowable(() -> ReadAnswer.of(model.stream(ModelFixture.HELLO, TestDeadline.far())));

                        fixture.upstream.answer("next");
                        assertThat(fixture.ask().text()).isEqualTo("next");
                    });
        }
    }

    private static String read(ChatModel model, int i, AtomicInteger halfRead) {
        ChatRequest request = new ChatRequest(List.of(Message.user("question " + i)), Map.of());
        try (ChatStream stream = model.stream(request, TestDeadline.far())) {
            String half = stream.next().orElseThrow().text()
                    + stream.next().orElseThrow().text();
            halfRead.incrementAndGet();
            return half + ReadAnswer.of(stream).text();
        }
    }
}
