package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.OptionalBinder;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those are told who watch an engine. */
class ObserverTest {

    private static final String WORDS = """
            rails:
              input: {flows: [check words]}
              config: {words: {forbidden: [swordfish]}}
            """;

    @TempDir
    private Path folder;

    private final Watching watching = new Watching();

    @Test
    void tellsOfARequestItsRailsAndItsCalls() throws IOException {
        watch(Script.create().texts("Hello!").models() + WORDS, guardrails -> guardrails.generate(saying("Hi")));

        assertThat(watching.told())
                .containsExactly(
                        "begins CHAT",
                        "input check words begins",
                        "check words PASSED",
                        "generation generate user intent begins",
                        "generate user intent asks main",
                        "generate user intent is answered",
                        "generate user intent PASSED",
                        "ended");
    }

    @Test
    void tellsNothingOfAGenerationThatDidNotBegin() throws IOException {
        watch(
                Script.create().texts("Hello!").models() + WORDS,
                guardrails -> guardrails.generate(saying("It is swordfish")));

        assertThat(watching.told())
                .containsExactly(
                        "begins CHAT",
                        "input check words begins",
                        "check words BLOCKED",
                        "ended, blocked by check words");
    }

    @Test
    void tellsOfEveryChunkAndOfTheEndOfAStream() throws IOException {
        watch(Script.create().texts("Hello ", "you.").models(), guardrails -> {
            try (GenerationStream stream = guardrails.stream(GenerationRequest.of(saying("Hi")))) {
                Streams.events(stream);
            }
        });

        assertThat(watching.told())
                .containsExactly(
                        "begins STREAM",
                        "generation generate user intent begins",
                        "generate user intent asks main",
                        "generate user intent gets a chunk",
                        "generate user intent gets a chunk",
                        "generate user intent gets a chunk",
                        "generate user intent is answered",
                        "generate user intent PASSED",
                        "ended");
    }

    @Test
    void tellsOnceOfAStreamThatNobodyReadsToItsEnd() throws IOException {
        watch(Script.create().texts("Hello ", "you.").models(), guardrails -> {
            GenerationStream stream = guardrails.stream(GenerationRequest.of(saying("Hi")));
            stream.next();
            stream.close();
            stream.close();
        });

        assertThat(watching.told())
                .containsExactly(
                        "begins STREAM",
                        "generation generate user intent begins",
                        "generate user intent asks main",
                        "generate user intent gets a chunk",
                        "generate user intent is not answered",
                        "generate user intent is abandoned",
                        "failed with RequestCancelledException");
    }

    @Test
    void tellsOfAModelThatFails() throws IOException {
        try (ScriptedUpstream upstream =
                ScriptedUpstream.start().respond(received -> Response.error(503, "Overloaded", "overloaded"))) {
            watch(
                    models(upstream),
                    guardrails -> assertThatThrownBy(() -> guardrails.generate(saying("Hi")))
                            .isInstanceOf(ModelException.class));
        }

        assertThat(watching.told())
                .containsExactly(
                        "begins CHAT",
                        "generation generate user intent begins",
                        "generate user intent asks main",
                        "generate user intent is not answered",
                        "generate user intent failed with ModelException",
                        "failed with ModelException");
    }

    @Test
    void sendsTheHeadersOfThoseWhoWatch() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello!")) {
            watch(models(upstream), guardrails -> guardrails.generate(saying("Hi")));

            assertThat(upstream.received())
                    .singleElement()
                    .satisfies(received ->
                            assertThat(received.headers()).containsEntry("x-watched", "generate user intent"));
        }
    }

    private void watch(String yaml, Use use) throws IOException {
        Files.createDirectories(folder.resolve("only"));
        Files.writeString(folder.resolve("only/config.yml"), yaml);
        Injector engine = Guice.createInjector(
                new EngineModule(Catalogue.ofClassPath(), name -> Optional.empty()),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(folder)),
                binder -> OptionalBinder.newOptionalBinder(binder, EngineObserver.class)
                        .setBinding()
                        .toInstance(watching));
        Configurations configurations = engine.getInstance(Configurations.class);
        try (Guardrails guardrails = configurations.open(List.of("only"))) {
            use.of(guardrails);
        } finally {
            configurations.close();
            engine.getInstance(EngineResources.class).close();
        }
    }

    private static String models(ScriptedUpstream upstream) {
        return """
                models:
                  - type: main
                    engine: openai
                    model: any
                    parameters: {base_url: '%s', api_key: none, max_attempts: 1}
                """.formatted(upstream.baseUrl());
    }

    private static List<Message> saying(String text) {
        return List.of(Message.user(text));
    }

    /** What is done with guardrails. */
    private interface Use {

        void of(Guardrails guardrails);
    }
}
