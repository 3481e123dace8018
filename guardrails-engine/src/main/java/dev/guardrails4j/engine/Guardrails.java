package dev.guardrails4j.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.ConfigLoader;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.pipeline.Blueprint;
import dev.guardrails4j.engine.pipeline.BlueprintCompiler;
import dev.guardrails4j.engine.pipeline.Pipeline;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * The guardrails of one configuration. Safe for use by many threads.
 *
 * <pre>{@code
 * try (Guardrails guardrails = Guardrails.fromPath(Path.of("examples/configs/quickstart"))) {
 *     System.out.println(guardrails.generate(List.of(Message.user("Hello!"))).text());
 * }
 * }</pre>
 */
public final class Guardrails implements AutoCloseable {

    private final Blueprint blueprint;
    private final Pipeline pipeline;
    private final Runnable release;

    /** @param release gives back what it runs on */
    Guardrails(Blueprint blueprint, Pipeline pipeline, Runnable release) {
        this.blueprint = blueprint;
        this.pipeline = pipeline;
        this.release = release;
    }

    /**
     * Reads and compiles a configuration folder, with the rails on the class path.
     *
     * @throws dev.guardrails4j.engine.config.InvalidConfigException if the configuration cannot be used; it names every
     *     problem
     */
    public static Guardrails fromPath(Path folder) {
        return fromPath(folder, UpstreamLimits.DEFAULT);
    }

    /**
     * The same with other limits for calls of each server of models or rails.
     *
     * @throws dev.guardrails4j.engine.config.InvalidConfigException if the configuration cannot be used
     */
    public static Guardrails fromPath(Path folder, UpstreamLimits upstreams) {
        Injector injector = Guice.createInjector(new EngineModule(
                Catalogue.ofClassPath(),
                EngineModule.processEnvironment(),
                Reach.NOTHING,
                AllowedHosts.ANY,
                RailLimits.Book.DEFAULT,
                upstreams));
        EngineResources resources = injector.getInstance(EngineResources.class);
        try {
            Blueprint blueprint = injector.getInstance(BlueprintCompiler.class)
                    .compile(injector.getInstance(ConfigLoader.class).load(folder));
            return new Guardrails(blueprint, injector.getInstance(Pipeline.class), () -> {
                blueprint.close();
                resources.close();
            });
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** Continues a conversation with every rail on. See {@link #generate(GenerationRequest)}. */
    public GenerationResult generate(List<Message> messages) {
        return generate(GenerationRequest.of(messages));
    }

    /**
     * Continues a conversation. A block is a result, not an exception.
     *
     * @throws dev.guardrails4j.api.ModelException if the main model cannot be reached or refuses
     * @throws RailUnavailableException if the model of a rail cannot
     * @throws RequestTimeoutException if the request's {@linkplain GenerationRequest#timeout time} has passed
     * @throws RequestCancelledException if the calling thread is interrupted while it waits for rails
     * @throws dev.guardrails4j.api.RailConfigurationException if the main model must be asked and cannot be connected
     */
    public GenerationResult generate(GenerationRequest request) {
        return generate(request, new Cancellation());
    }

    /** Continues a conversation unless it is cancelled meanwhile. See {@link #generate(GenerationRequest)}. */
    public GenerationResult generate(GenerationRequest request, Cancellation cancellation) {
        return pipeline.run(blueprint, request, cancellation);
    }

    /** Checks a conversation with every rail on. See {@link #check(GenerationRequest)}. */
    public CheckResult check(List<Message> messages) {
        return check(GenerationRequest.of(messages));
    }

    /**
     * Checks a conversation without continuing it: every user message that nothing has answered yet, results of tools, and
     * the last message if it is the assistant's, with the tools that it calls. The main model is asked by rails only, and
     * need not be there if none does. A block is a result, not an exception.
     *
     * @throws RailUnavailableException if the model of a rail cannot be reached or refuses
     * @throws RequestTimeoutException if the request's {@linkplain GenerationRequest#timeout time} has passed
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    public CheckResult check(GenerationRequest request) {
        return check(request, new Cancellation());
    }

    /** Checks a conversation unless it is cancelled meanwhile. See {@link #check(GenerationRequest)}. */
    public CheckResult check(GenerationRequest request, Cancellation cancellation) {
        return pipeline.check(blueprint, request, cancellation);
    }

    /**
     * Continues a conversation while its reader watches. Nothing runs before the first event is asked for.
     *
     * @return to be closed by the caller; fails as {@link #generate(GenerationRequest)} does
     */
    public GenerationStream stream(GenerationRequest request) {
        return pipeline.stream(blueprint, request);
    }

    /**
     * Lets each rail of a stage decide about one text as if it were the only rail there is: for measuring rails, not for
     * guarding. No main model is asked, and a rewrite goes nowhere.
     *
     * @param text what the user says, what was retrieved, what the model answers, the arguments of a call or the result of
     *     a tool, as the stage has it
     * @param options which rails; its choice for the stage counts
     * @return what each decided, in the order of the configuration's flows
     * @throws RailUnavailableException if the model of a rail cannot be reached or refuses
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    public List<ActivatedRail> examine(Stage stage, String text, GenerationOptions options) {
        return pipeline.examine(blueprint, stage, text, options);
    }

    /** What it was made from. */
    public RailsConfig config() {
        return blueprint.config();
    }

    /** What it reaches of the world around it. */
    Reach reach() {
        return blueprint.reach();
    }

    /** What the configuration's author should know. */
    public List<Problem> warnings() {
        return blueprint.warnings();
    }

    @Override
    public void close() {
        release.run();
    }
}
