package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GatedRail.Gate;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 2.8, and DESIGN 4. */
class ParallelRailsTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";
    private static final String INTERNAL_ERROR = "I'm sorry, an internal error has occurred.";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private final Gate first = Gate.create();
    private final Gate second = Gate.create();
    private final Gate third = Gate.create();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void asksAllJudgesAtOnce() throws Exception {
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second), gated(third)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            first.awaitEntered();
            second.awaitEntered();
            third.awaitEntered();

            assertThat(upstream.received()).isEmpty();
            third.decide(Verdict.allow());
            second.decide(Verdict.allow());
            first.decide(Verdict.allow());

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo("Hello to you.");
            assertThat(result.join().log().activatedRails())
                    .extracting(ActivatedRail::name)
                    .containsExactly(
                            "gated $gate=" + first.id(),
                            "gated $gate=" + second.id(),
                            "gated $gate=" + third.id(),
                            "generate user intent");
        }
    }

    @Test
    void stopsTheOthersAtTheFirstBlock() throws Exception {
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second), gated(third)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            first.awaitEntered();
            third.awaitEntered();
            second.decide(Verdict.block("no"));

            GenerationResult refused = result.get(30, TimeUnit.SECONDS);
            first.awaitInterrupted();
            third.awaitInterrupted();
            assertThat(refused.text()).isEqualTo(REFUSAL);
            assertThat(refused.block())
                    .hasValueSatisfying(block -> assertThat(block.flow()).isEqualTo("gated $gate=" + second.id()));
            assertThat(refused.log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BLOCKED);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void abortsTheModelCallsOfTheOthersAtTheFirstBlock() throws Exception {
        upstream.respond(received -> ScriptedUpstream.Response.answer("No").dripping(Duration.ofMillis(100)));
        try (Guardrails guardrails = guardrails(inputs("judge", gated(second)) + """
                prompts:
                  - task: judge_text
                    content: 'Block this, Yes or No? "{{ text }}"'
                """)) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !upstream.received().isEmpty());
            second.decide(Verdict.block("no"));

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo(REFUSAL);
            await().atMost(Duration.ofSeconds(30)).until(() -> upstream.abandoned() == 1);
        }
    }

    @Test
    void rewritesBeforeItJudges() throws IOException {
        try (Guardrails guardrails = guardrails(inputs("check words", "replace $from=swordfish $to=cod") + """
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("swordfish")));

            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(result.log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.REWRITTEN, Outcome.PASSED, Outcome.PASSED);
        }
    }

    @Test
    void checksAnswersAtOnceToo() throws Exception {
        try (Guardrails guardrails = guardrails("""
                rails:
                  output:
                    parallel: true
                    flows: ["%s", "%s"]
                """.formatted(gated(first), gated(second)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            first.awaitEntered();
            second.awaitEntered();
            second.decide(Verdict.block("no"));

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo(REFUSAL);
        }
    }

    @Test
    void failsClosedWhenOneThrows() throws Exception {
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            first.awaitEntered();
            second.fail(new IllegalStateException("broken"));

            GenerationResult refused = result.get(30, TimeUnit.SECONDS);
            first.awaitInterrupted();
            assertThat(refused.text()).isEqualTo(INTERNAL_ERROR);
            assertThat(refused.block())
                    .hasValueSatisfying(block -> assertThat(block.failure()).isTrue());
        }
    }

    @Test
    void goesOnWithTheOthersWhenOneMayFail() throws Exception {
        first.fail(new IllegalStateException("broken"));
        try (Guardrails guardrails =
                guardrails(inputs("{flow: '%s', on_error: allow}".formatted(gated(first)), gated(second)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            second.awaitEntered();
            second.decide(Verdict.allow());

            assertThat(result.get(30, TimeUnit.SECONDS).text()).isEqualTo("Hello to you.");
            assertThat(result.join().log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BYPASSED, Outcome.PASSED, Outcome.PASSED);
        }
    }

    @Test
    void tellsAnOutageFromAVerdict() throws Exception {
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second)))) {
            CompletableFuture<GenerationResult> result = generate(guardrails);
            first.awaitEntered();
            second.fail(ModelException.withMessage("down").status(503).build());

            assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            RailUnavailableException.class,
                            e -> assertThat(e.flow()).isEqualTo("gated $gate=" + second.id()));
            first.awaitInterrupted();
        }
    }

    @Test
    void failsClosedWhenOneIsLate() throws Exception {
        first.decide(Verdict.allow());
        try (Guardrails guardrails =
                guardrails(inputs(gated(first), "{flow: '%s', timeout: 50ms}".formatted(gated(second))))) {
            GenerationResult refused = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(refused.text()).isEqualTo(INTERNAL_ERROR);
            assertThat(refused.log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .contains(Outcome.FAILED);
        }
    }

    @Test
    void failsClosedWhenOneRewritesThatDoesNotSayThatItMay() throws IOException {
        first.decide(Verdict.rewrite("something else"));
        second.decide(Verdict.allow());
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second)))) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo(INTERNAL_ERROR);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void stopsTheRailsWhenTheRequestIsCancelled() throws Exception {
        try (Guardrails guardrails = guardrails(inputs(gated(first), gated(second)))) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread request = new Thread(() -> {
                try {
                    guardrails.generate(List.of(Message.user("Hello!")));
                } catch (RuntimeException e) {
                    failure.complete(e);
                }
            });
            request.start();
            first.awaitEntered();
            second.awaitEntered();
            request.interrupt();

            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(RequestCancelledException.class);
            first.awaitInterrupted();
            second.awaitInterrupted();
        }
    }

    private static CompletableFuture<GenerationResult> generate(Guardrails guardrails) {
        return CompletableFuture.supplyAsync(
                () -> guardrails.generate(List.of(Message.user("Hello!"))), work -> new Thread(work).start());
    }

    private static String gated(Gate gate) {
        return "gated $gate=" + gate.id();
    }

    private static String inputs(String... flows) {
        StringBuilder yaml = new StringBuilder("rails:\n  input:\n    parallel: true\n    flows:\n");
        for (String flow : flows) {
            yaml.append("      - ").append(flow).append('\n');
        }
        return yaml.toString();
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - type: main
                    engine: openai
                    model: scripted
                    parameters:
                      base_url: %s
                      max_attempts: 1
                %s""".formatted(upstream.baseUrl(), yaml));
        return Guardrails.fromPath(folder);
    }
}
