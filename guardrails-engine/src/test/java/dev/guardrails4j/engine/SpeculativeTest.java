package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GatedRail.Gate;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 8, speculative generation. */
class SpeculativeTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private final Gate gate = Gate.create();
    private final Script script = Script.create().texts("Hello ", "to you.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void asksTheModelBeforeTheRailsHaveDecided() throws Exception {
        try (Guardrails guardrails = overHttp(speculative(gated()))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> upstream.received().size() == 1);

            assertThat(result).isNotDone();
            gate.decide(Verdict.allow());

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo("Hello to you.");
            assertThat(result.join().usage().totalTokens()).isEqualTo(12);
            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void stopsTheModelAndShowsNothingOfItWhenARailBlocks() throws Exception {
        upstream.respond(received -> ScriptedUpstream.Response.answer("Secret").dripping(Duration.ofMillis(100)));
        try (Guardrails guardrails = overHttp(speculative(gated()))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> upstream.received().size() == 1);
            gate.decide(Verdict.block("no"));

            GenerationResult refused = result.get(30, TimeUnit.SECONDS);
            assertThat(refused.text()).isEqualTo(REFUSAL);
            assertThat(refused.toString()).doesNotContain("Secret");
            await().atMost(Duration.ofSeconds(30)).until(() -> upstream.abandoned() == 1);
        }
    }

    @Test
    void showsNothingOfAnAnswerThatWasThereBeforeARailBlocked() throws Exception {
        try (Guardrails guardrails = overHttp(speculative(gated()))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> upstream.received().size() == 1);
            gate.decide(Verdict.block("no"));

            assertThat(result.get(30, TimeUnit.SECONDS).toString()).doesNotContain("Hello to you.");
        }
    }

    @Test
    void refusesWhenTheModelFailsAndARailBlocks() throws Exception {
        upstream.respond(received -> ScriptedUpstream.Response.error(401, "bad key", "invalid_api_key"));
        try (Guardrails guardrails = overHttp(speculative(gated()))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> upstream.received().size() == 1);
            gate.decide(Verdict.block("no"));

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo(REFUSAL);
        }
    }

    @Test
    void passesOnTheFailureOfTheModelWhenTheRailsAllow() throws Exception {
        upstream.respond(received -> ScriptedUpstream.Response.error(401, "bad key", "invalid_api_key"));
        gate.decide(Verdict.allow());
        try (Guardrails guardrails = overHttp(speculative(gated()))) {
            assertThatThrownBy(() -> guardrails.generate(List.of(Message.user("Hello!"))))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.status()).hasValue(401));
        }
    }

    @Test
    void stopsTheModelWhenTheRequestIsCancelledAfterTheRails() throws Exception {
        script.heldUntil(new CountDownLatch(1));
        gate.decide(Verdict.allow());
        try (Guardrails guardrails = scripted(speculative(gated()))) {
            Thread request = new Thread(() -> {
                try {
                    guardrails.generate(List.of(Message.user("Hello!")));
                } catch (RequestCancelledException e) {
                    Thread.currentThread().interrupt();
                }
            });
            request.start();
            gate.awaitEntered();
            await().atMost(Duration.ofSeconds(30)).until(() -> script.opened() == 1);
            request.interrupt();
            request.join();

            await().atMost(Duration.ofSeconds(30)).until(() -> script.aborted() == 1);
        }
    }

    /** What was read before the verdict need not be waited for after it. */
    @Test
    void readsTheStreamWhileTheRailsDecideAndShowsItThen() throws Exception {
        try (Guardrails guardrails = scripted(speculative(gated()));
                GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))))) {
            CompletableFuture<List<StreamEvent>> events = events(stream);
            await().atMost(Duration.ofSeconds(30)).until(() -> script.read() == 3);

            assertThat(events).isNotDone();
            gate.decide(Verdict.allow());

            assertThat(events.get(30, TimeUnit.SECONDS))
                    .containsExactly(new StreamEvent.Text("Hello "), new StreamEvent.Text("to you."));
            assertThat(stream.result().usage().totalTokens()).isEqualTo(12);
            assertThat(script.read()).isEqualTo(3);
        }
    }

    @Test
    void readsNoMoreAheadThanItIsTold() throws Exception {
        script.texts(Collections.nCopies(50, "word "));
        String limited = speculative(gated())
                .replace("speculative_generation", "speculative_max_buffered_tokens: 3\n    speculative_generation");
        try (Guardrails guardrails = scripted(limited);
                GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))))) {
            CompletableFuture<Optional<StreamEvent>> first =
                    CompletableFuture.supplyAsync(stream::next, work -> new Thread(work).start());
            await().atMost(Duration.ofSeconds(30)).until(() -> script.read() == 3);
            gate.decide(Verdict.allow());

            assertThat(first.get(30, TimeUnit.SECONDS)).contains(new StreamEvent.Text("word "));
            assertThat(script.read()).isEqualTo(3);
            assertThat(Streams.shown(Streams.events(stream))).isEqualTo("word ".repeat(49));
        }
    }

    @Test
    void showsWhatCameBeforeTheModelFailed() throws Exception {
        script.failing(ModelException.withMessage("gone").build());
        try (Guardrails guardrails = scripted(speculative(gated()));
                GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))))) {
            CompletableFuture<Optional<StreamEvent>> first =
                    CompletableFuture.supplyAsync(stream::next, work -> new Thread(work).start());
            await().atMost(Duration.ofSeconds(30)).until(() -> script.read() == 3);
            gate.decide(Verdict.allow());

            assertThat(first.get(30, TimeUnit.SECONDS)).contains(new StreamEvent.Text("Hello "));
            assertThatThrownBy(() -> Streams.events(stream))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("gone");
        }
    }

    @Test
    void checksWhatWasReadAheadAsAnythingElse() throws Exception {
        script.texts("The word ", "is sword", "fish.");
        gate.decide(Verdict.allow());
        try (Guardrails guardrails = scripted(speculative(gated()) + """
                  output:
                    flows: [check words]
                    streaming: {enabled: true, chunk_size: 1}
                  config:
                    words: {forbidden: [swordfish]}
                """.indent(0));
                GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))))) {
            assertThat(Streams.shown(Streams.events(stream))).doesNotContain("fish");
            assertThat(stream.result().block()).isPresent();
        }
    }

    @Test
    void closesTheStreamThatItOpenedEarlyWhenARailBlocks() throws Exception {
        try (Guardrails guardrails = scripted(speculative(gated()));
                GenerationStream stream = guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))))) {
            CompletableFuture<List<StreamEvent>> events = events(stream);
            await().atMost(Duration.ofSeconds(30)).until(() -> script.read() == 3);
            gate.decide(Verdict.block("no"));

            assertThat(events.get(30, TimeUnit.SECONDS))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            StreamEvent.Refusal.class,
                            refusal -> assertThat(refusal.text()).isEqualTo(REFUSAL));
            await().atMost(Duration.ofSeconds(30)).until(() -> script.closed() == 1);
            assertThat(stream.result().toString()).doesNotContain("to you.");
        }
    }

    @Test
    void waitsForRailsThatMayRewriteAndWarnsOfIt() throws Exception {
        Gate rewrite = Gate.create();
        try (Guardrails guardrails = scripted(speculative("gated rewrite $gate=" + rewrite.id()))) {
            assertThat(guardrails.warnings())
                    .extracting(Problem::message)
                    .containsExactly("rails.input.speculative_generation has no effect: the rail 'gated rewrite' may"
                            + " change what the model is asked, which waits for it");

            CompletableFuture<GenerationResult> result = generate(guardrails);
            rewrite.awaitEntered();
            rewrite.decide(Verdict.block("no"));

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo(REFUSAL);
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void doesNotWarnWhereItHasAnEffect() throws IOException {
        try (Guardrails guardrails = scripted(speculative(gated()))) {
            assertThat(guardrails.warnings()).isEmpty();
        }
    }

    private String gated() {
        return "gated $gate=" + gate.id();
    }

    private static String speculative(String flow) {
        return """
                rails:
                  input:
                    speculative_generation: true
                    flows: ["%s"]
                """.formatted(flow);
    }

    private static CompletableFuture<List<StreamEvent>> events(GenerationStream stream) {
        return CompletableFuture.supplyAsync(() -> Streams.events(stream), work -> new Thread(work).start());
    }

    private static CompletableFuture<GenerationResult> generate(Guardrails guardrails) {
        return CompletableFuture.supplyAsync(
                () -> guardrails.generate(List.of(Message.user("Hello!"))), work -> new Thread(work).start());
    }

    private Guardrails overHttp(String yaml) throws IOException {
        return guardrails("""
                models:
                  - type: main
                    engine: openai
                    model: scripted
                    parameters:
                      base_url: %s
                      max_attempts: 1
                """.formatted(upstream.baseUrl()) + yaml);
    }

    private Guardrails scripted(String yaml) throws IOException {
        return guardrails(script.models() + yaml);
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), yaml);
        return Guardrails.fromPath(folder);
    }
}
