package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GatedRail.Gate;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deadline of a whole request: DESIGN 4. */
class RequestTimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final Gate gate = Gate.create();
    private final Script script = Script.create().texts("Hello ", "to you.");

    @Test
    void endsWhileARailIsAtWork() throws IOException {
        try (Guardrails guardrails = guardrails("flows: [gated $gate=%s]".formatted(gate.id()))) {
            assertThatThrownBy(() -> guardrails.generate(hello().within(SHORT)))
                    .isInstanceOf(RequestTimeoutException.class);
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void endsWhenTheConfigurationSaysSoThoughTheRequestHasLonger() throws IOException {
        Files.writeString(
                folder.resolve("config.yml"),
                script.models()
                        + "rails: {input: {flows: [gated $gate=%s]}, config: {request_timeout: %dms}}"
                                .formatted(gate.id(), SHORT.toMillis()));
        try (Guardrails guardrails = Guardrails.fromPath(folder)) {
            assertThatThrownBy(() -> guardrails.generate(hello())).isInstanceOf(RequestTimeoutException.class);
            assertThatThrownBy(() -> guardrails.generate(hello().within(Duration.ofMinutes(1))))
                    .isInstanceOf(RequestTimeoutException.class);
        }
    }

    @Test
    void endsWhileARailIsAtWorkThatMayFail() throws IOException {
        try (Guardrails guardrails =
                guardrails("flows: [{flow: gated $gate=%s, on_error: allow}]".formatted(gate.id()))) {
            assertThatThrownBy(() -> guardrails.generate(hello().within(SHORT)))
                    .isInstanceOf(RequestTimeoutException.class);
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void endsWhileParallelRailsAreAtWork() throws IOException {
        Gate other = Gate.create();
        try (Guardrails guardrails = guardrails(
                "parallel: true, flows: [gated $gate=%s, gated $gate=%s]".formatted(gate.id(), other.id()))) {
            assertThatThrownBy(() -> guardrails.generate(hello().within(SHORT)))
                    .isInstanceOf(RequestTimeoutException.class);
        }
    }

    @Test
    void endsWhileTheModelIsAtWork() throws IOException {
        script.heldUntil(new CountDownLatch(1));
        try (Guardrails guardrails = guardrails("flows: []")) {
            assertThatThrownBy(() -> guardrails.generate(hello().within(SHORT)))
                    .isInstanceOf(RequestTimeoutException.class);
            assertThat(script.aborted()).isEqualTo(1);
        }
    }

    @Test
    void endsAStreamThatHasNotBegun() throws IOException {
        script.heldUntil(new CountDownLatch(1));
        try (Guardrails guardrails = guardrails("flows: []");
                GenerationStream stream = guardrails.stream(hello().within(SHORT))) {
            assertThatThrownBy(stream::next).isInstanceOf(RequestTimeoutException.class);
            assertThat(script.aborted()).isEqualTo(1);
        }
    }

    private static GenerationRequest hello() {
        return GenerationRequest.of(List.of(Message.user("Hello!")));
    }

    private Guardrails guardrails(String input) throws IOException {
        Files.writeString(folder.resolve("config.yml"), script.models() + "rails: {input: {" + input + "}}");
        return Guardrails.fromPath(folder);
    }
}
