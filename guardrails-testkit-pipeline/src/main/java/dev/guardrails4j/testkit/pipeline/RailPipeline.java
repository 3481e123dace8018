package dev.guardrails4j.testkit.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of configuration, compiled and run as a server does it: rails of the class path, found by their service files; a
 * main model that says what it is told, over a real connection. Safe for use by many threads.
 *
 * <pre>{@code
 * try (RailPipeline pipeline = RailPipeline.of("""
 *         rails:
 *           input: {flows: [competitor check]}
 *           config: {competitor_check: {names: [Globex]}}
 *         """)) {
 *     assertThat(pipeline.send("Is Globex better?").block()).isPresent();
 *     assertThat(pipeline.model().received()).isEmpty();
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class RailPipeline implements AutoCloseable {

    /**
     * In the configuration, the address of the scripted model, for the {@code base_url} of the models of rails. Answers are
     * told apart by {@link ScriptedUpstream#answerWhen}.
     */
    public static final String MODEL_URL = "${MODEL_URL}";

    private static final Pattern OWN_MAIN_MODEL = Pattern.compile("\\btype:\\s*['\"]?main\\b");

    private static final String MAIN_MODEL = """
            models:
              - type: main
                engine: openai
                model: scripted
                parameters: {base_url: '%s', api_key: none, max_attempts: 1}
            """;

    private final ScriptedUpstream model;
    private final Guardrails guardrails;

    private RailPipeline(ScriptedUpstream model, Guardrails guardrails) {
        this.model = model;
        this.guardrails = guardrails;
    }

    /**
     * Compiles a configuration.
     *
     * @param yaml what a {@code config.yml} has; where it names no main model, the scripted one is
     * @throws InvalidConfigException if it cannot be used; it names every problem with its line
     */
    public static RailPipeline of(String yaml) {
        ScriptedUpstream model = ScriptedUpstream.start();
        try {
            Path folder = Files.createTempDirectory("rail-pipeline");
            List<Path> files = List.of(folder.resolve("config.yml"), folder.resolve("main-model.yml"));
            try {
                Files.writeString(files.get(0), yaml.replace(MODEL_URL, model.baseUrl()));
                if (!OWN_MAIN_MODEL.matcher(yaml).find()) {
                    Files.writeString(files.get(1), MAIN_MODEL.formatted(model.baseUrl()));
                }
                return new RailPipeline(model, Guardrails.fromPath(folder));
            } finally {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | LinkageError e) {
            model.close();
            throw e;
        }
    }

    /** From now on the main model answers this. Until told otherwise it answers {@code "Scripted answer."}. */
    public RailPipeline answering(String text) {
        model.answer(text);
        return this;
    }

    /** What comes back when a user says this, through all rails and the main model. */
    public GenerationResult send(String userText) {
        return send(Message.user(userText));
    }

    /** What comes back in a conversation, through all rails and the main model. */
    public GenerationResult send(Message... conversation) {
        return guardrails.generate(GenerationRequest.of(Arrays.asList(conversation)));
    }

    /** The scripted model: what it was asked, and what it is to answer. */
    public ScriptedUpstream model() {
        return model;
    }

    /** The guardrails, for what else can be done with them: streams, checks without a main model. */
    public Guardrails guardrails() {
        return guardrails;
    }

    @Override
    public void close() {
        guardrails.close();
        model.close();
    }
}
