package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    int requests() {
        return upstream.received().size();
    }

    @Override
    public void close() {
        client.close();
        upstream.close();
    }
}
