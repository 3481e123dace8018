package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A scripted endpoint and a client that does not wait long between attempts. */
final class ModelFixture implements AutoCloseable {

    static final ChatRequest HELLO = new ChatRequest(List.of(Message.user("Hello")), Map.of());

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final ModelHttpClient client;

    ModelFixture() {
        this(new ModelHttpClient.Limits(4_000, 16 * 1024 * 1024, Duration.ofMillis(1)));
    }

    ModelFixture(ModelHttpClient.Limits limits) {
        client = new ModelHttpClient(limits);
    }

    ModelFixture(Upstreams upstreams) {
        client = new ModelHttpClient(new ModelHttpClient.Limits(4_000, 64 * 1024, Duration.ofMillis(1)), upstreams);
    }

    TestSetup setup() {
        return TestSetup.of("vllm_openai", Map.of("base_url", upstream.baseUrl()));
    }

    ChatModel connect(TestSetup setup) {
        return new OpenAiCompatibleProvider(name -> Optional.empty(), client).connect(setup);
    }

    ChatModel model() {
        return connect(setup());
    }

    /** Asks the model with time enough. */
    ChatResponse ask() {
        return model().generate(HELLO, TestDeadline.far());
    }

    /** Asks the model for a stream, with time enough. */
    ChatStream stream() {
        return model().stream(HELLO, TestDeadline.far());
    }

    /** What a stream brings when the endpoint answers so. */
    ReadAnswer streamed(Response response) {
        upstream.respond(request -> response);
        try (ChatStream stream = stream()) {
            return ReadAnswer.of(stream);
        }
    }

    /** What a stream brings when the endpoint sends these events, with ' for ". */
    ReadAnswer streamed(String... events) {
        return streamed(Response.sse(events(events)));
    }

    /** Events of these data, with ' for ", and the end. */
    static String events(String... data) {
        return Arrays.stream(data)
                .map(event -> "data: " + event.replace('\'', '"') + "\n\n")
                .collect(Collectors.joining("", "", "data: [DONE]\n\n"));
    }

    /** An endpoint that answers with this head and this body, compressed. */
    static RawUpstream gzipped(String head, byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return RawUpstream.start(call -> {
            call.send(head + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            call.send(packed.toByteArray());
        });
    }

    int requests() {
        return upstream.received().size();
    }

    @Override
    public void close() {
        client.close();
        upstream.close();
    }
}
