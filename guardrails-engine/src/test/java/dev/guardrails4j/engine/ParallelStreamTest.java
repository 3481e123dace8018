package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GatedRail.Gate;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.StreamEvent.Text;
import dev.guardrails4j.engine.StreamEvent.Violation;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output rails that run at once on an answer while it is streamed: what one of them has not let pass is not shown. */
class ParallelStreamTest {

    @TempDir
    private Path folder;

    private final Script script = Script.create().texts("one ", "two ", "three ");
    private final ScriptedUpstream judge = ScriptedUpstream.start();
    private final Gate gate = Gate.create();

    @AfterEach
    void stop() {
        judge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "{flow: hang, timeout: 50ms}", "undecided", "rewrite"})
    void showsNothingWhenARailFails(String failing) throws IOException {
        String flow = failing.equals("rewrite")
                ? "gated $gate=%s".formatted(rewriting().id())
                : failing;
        try (Guardrails guardrails = guardrails("check words", flow);
                GenerationStream stream = stream(guardrails)) {
            assertThat(Streams.events(stream))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Violation.class,
                            violation -> assertThat(violation.block().failure()).isTrue());
            assertThat(stream.result().text()).isEmpty();
            assertThat(script.closed()).isEqualTo(1);
        }
    }

    @Test
    void showsNothingMoreWhenARailFailsLater() throws IOException {
        judge.respond(request -> Response.answer(request.body().contains("two") ? "Hm." : "safe"));
        try (Guardrails guardrails = guardrails("judge", "check words");
                GenerationStream stream = stream(guardrails)) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(events).hasSize(2).first().isEqualTo(new Text("one "));
            assertThat(events).last().isInstanceOf(Violation.class);
            assertThat(stream.result().text()).isEqualTo("one ");
        }
    }

    @Test
    void showsNothingMoreWhenTheModelOfARailIsOutOfService() throws IOException {
        judge.respond(request ->
                request.body().contains("two") ? Response.error(503, "down", "overloaded") : Response.answer("safe"));
        try (Guardrails guardrails = guardrails("judge", "check words");
                GenerationStream stream = stream(guardrails)) {
            assertThat(stream.next()).contains(new Text("one "));
            assertThatThrownBy(stream::next).isInstanceOf(RailUnavailableException.class);
        }
    }

    @Test
    void showsNothingBeforeTheSlowestHasDecided() throws Exception {
        try (Guardrails guardrails = guardrails("gated $gate=" + gate.id(), "check words");
                GenerationStream stream = stream(guardrails)) {
            Thread reader = new Thread(() -> Streams.events(stream));
            reader.start();
            gate.awaitEntered();
            gate.decide(Verdict.block("no"));
            reader.join();

            assertThat(stream.result().text()).isEmpty();
            assertThat(stream.result().block()).isPresent();
        }
    }

    @Test
    void letsPassWhatOnlyARailThatMayFailHasFailedAt() throws IOException {
        try (Guardrails guardrails = guardrails("{flow: throw, on_error: allow}", "check words");
                GenerationStream stream = stream(guardrails)) {
            assertThat(Streams.shown(Streams.events(stream))).isEqualTo("one two three ");
        }
    }

    /** It does not say that it may rewrite. */
    private Gate rewriting() {
        return gate.decide(Verdict.rewrite("other"));
    }

    private static GenerationStream stream(Guardrails guardrails) {
        return guardrails.stream(GenerationRequest.of(List.of(Message.user("Hello!"))));
    }

    private Guardrails guardrails(String first, String second) throws IOException {
        Files.writeString(
                folder.resolve("config.yml"),
                script.models().strip().replaceFirst("]$", "") + """
                , {type: judge, engine: custom, model: m, parameters: {base_url: "%s", max_attempts: 1}}]
                prompts:
                  - task: judge_text
                    content: "Judge this: {{ text }}"
                rails:
                  output:
                    parallel: true
                    flows:
                      - %s
                      - %s
                    streaming: {enabled: true, chunk_size: 1, context_size: 0}
                  config:
                    words: {forbidden: [swordfish]}
                """.formatted(judge.baseUrl(), first, second));
        return Guardrails.fromPath(folder);
    }
}
