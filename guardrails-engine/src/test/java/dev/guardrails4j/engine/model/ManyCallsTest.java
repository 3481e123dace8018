package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyCallsTest {

    private static final Pattern NUMBER = Pattern.compile("question ([0-9]+)");
    private static final int CALLS = 200;

    @Test
    void twoHundredCallsAtOnceGetTheirOwnAnswers() {
        CountDownLatch allAsked = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(CALLS);
        try (ModelFixture fixture = new ModelFixture()) {
            fixture.upstream.respond(request -> {
                Matcher number = NUMBER.matcher(request.body());
                return Response.answer(number.find() ? "answer " + number.group(1) : "?")
                        .heldUntil(allAsked);
            });
            ChatModel model = fixture.model();

            List<CompletableFuture<String>> answers = IntStream.range(0, CALLS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> ask(model, i), callers))
                    .toList();
            await().until(() -> fixture.requests() == CALLS);
            allAsked.countDown();

            assertThat(answers.stream().map(CompletableFuture::join))
                    .containsExactlyElementsOf(IntStream.range(0, CALLS)
                            .mapToObj(i -> "answer " + i)
                            .toList());
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void everyEndOfACallGivesItsConnectionBack() {
        CountDownLatch never = new CountDownLatch(1);
        ModelHttpClient.Limits oneConnection = new ModelHttpClient.Limits(1, 10_000, Duration.ofMillis(1));
        try (ModelFixture fixture = new ModelFixture(oneConnection)) {
            List.of(
                            Response.answer("ok"),
                            Response.error(400, "no", "x"),
                            Response.json("nonsense"),
                            Response.answer("x".repeat(20_000)),
                            Response.answer("half").brokenOff(),
                            Response.dropped(),
                            Response.answer("never").heldUntil(never))
                    .forEach(response -> {
                        fixture.upstream.respond(request -> response);
                        ChatModel model = fixture.connect(fixture.setup().with("timeout", Duration.ofMillis(500)));

                        catchThrowable(() -> model.generate(ModelFixture.HELLO, TestDeadline.far()));

                        fixture.upstream.answer("next");
                        assertThat(fixture.ask().text()).isEqualTo("next");
                    });
        }
    }

    private static String ask(ChatModel model, int i) {
        ChatRequest request = new ChatRequest(List.of(Message.user("question " + i)), Map.of());
        return model.generate(request, TestDeadline.far()).text();
    }
}
