package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand streams open at once: each has begun before any may end. */
class ManyStreamsTest {

    private static final int STREAMS = 1_000;
    private static final int TOGETHER = 50;
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern CALLER = Pattern.compile("caller-\\d+");

    @TempDir
    private Path folder;

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start().respond(this::greet);
    private RunningServer server;

    @BeforeEach
    void start() {
        // A busy machine may take a while to accept a thousand connections.
        String models = ConfigRoot.models(upstream.baseUrl())
                .replace("max_attempts: 1", "max_attempts: 1, timeout_connect: " + PATIENCE_SECONDS);
        server = RunningServer.start(
                new ConfigRoot(folder).config("pass", models).config("checked", models + """
                rails:
                  output:
                    flows: [regex check output]
                    streaming: {enabled: true, chunk_size: 2, context_size: 1}
                  config:
                    regex_detection:
                      output: {patterns: [swordfish]}
                """));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    /** Says half of the answer, and the rest when all streams have begun. */
    private Response greet(Received request) {
        Matcher caller = CALLER.matcher(request.body());
        assertThat(caller.find()).isTrue();
        return Response.stream("Hello ", "dear ", caller.group() + " ", "and ", "goodbye.")
                .heldAfter(4, mayEnd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "checked"})
    void areServedAtOnceAndKeptApart(String config) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        while (answers.size() < STREAMS) {
            // Not all at the same moment: a slow machine would close connections that it has not come to.
            for (int i = 0; i < TOGETHER; i++) {
                answers.add(stream(client, config, answers.size()));
            }
            awaitBegun(answers);
        }
        mayEnd.countDown();

        for (int number = 0; number < STREAMS; number++) {
            assertThat(answers.get(number).get(PATIENCE_SECONDS, SECONDS))
                    .isEqualTo("Hello dear caller-%d and goodbye.[DONE]".formatted(number));
        }
    }

    private void awaitBegun(List<CompletableFuture<String>> answers) {
        await().atMost(PATIENCE_SECONDS, SECONDS)
                .failFast("a stream has ended", () -> answers.stream().anyMatch(CompletableFuture::isDone))
                .untilAsserted(() -> assertThat(begun).hasValue(answers.size()));
    }

    private CompletableFuture<String> stream(HttpClient client, String config, int number) {
        String body = """
                {"model": "m", "stream": true, "messages": [{"role": "user", "content": "I am caller-%d"}],
                 "guardrails": {"config_id": "%s"}}""".formatted(number, config);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(RunningServer.CHAT)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        Reader reader = new Reader(begun);
        return client.sendAsync(request, BodyHandlers.fromLineSubscriber(reader, Reader::text, "\n"))
                .thenApply(
                        response -> response.statusCode() == 200 ? response.body() : "HTTP " + response.statusCode());
    }

    /** Collects what a stream says, and tells when it has begun to say something. */
    private static final class Reader implements Subscriber<String> {

        private static final String DATA = "data: ";

        private final AtomicInteger begun;
        private final StringBuilder text = new StringBuilder();

        Reader(AtomicInteger begun) {
            this.begun = begun;
        }

        String text() {
            return text.toString();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.startsWith(DATA)) {
                return;
            }
            String said = said(line.substring(DATA.length()));
            if (text.isEmpty() && !said.isEmpty()) {
                begun.incrementAndGet();
            }
            text.append(said);
        }

        private static String said(String data) {
            if (data.equals("[DONE]")) {
                return data;
            }
            JsonNode frame = RunningServer.json(data);
            return frame.has("error")
                    ? data
                    : frame.at("/choices/0/delta/content").asText();
        }

        @Override
        public void onError(Throwable problem) {
            text.append(problem);
        }

        @Override
        public void onComplete() {}
    }
}
