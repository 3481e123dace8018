package dev.guardrails4j.engine;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.OptionalBinder;
import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.ConfigLoader;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.model.DemoProvider;
import dev.guardrails4j.engine.model.EnvironmentModels;
import dev.guardrails4j.engine.model.ModelHttpClient;
import dev.guardrails4j.engine.model.OpenAiCompatibleProvider;
import dev.guardrails4j.engine.pipeline.EngineThreads;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.LiveCatalogue;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.Upstreams;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wires the engine. */
public final class EngineModule extends AbstractModule {

    /** Handed over when an engine is made: the module lives as long as that does, and plug-ins may not. */
    private final AtomicReference<@Nullable Catalogue> plugins;

    private final Function<String, Optional<String>> environment;
    private final Reach allowed;
    private final AllowedHosts hosts;
    private final RailLimits.Book limits;
    private final UpstreamLimits upstreams;

    /** An engine whose operator allows callers' configurations nothing beside what the own ones use. */
    public EngineModule(Catalogue plugins, Function<String, Optional<String>> environment) {
        this(plugins, environment, Reach.NOTHING, RailLimits.Book.DEFAULT);
    }

    /** An engine whose configurations may call any host. */
    public EngineModule(
            Catalogue plugins, Function<String, Optional<String>> environment, Reach allowed, RailLimits.Book limits) {
        this(plugins, environment, allowed, AllowedHosts.ANY, limits, UpstreamLimits.DEFAULT);
    }

    /**
     * @param plugins the rails, actions and model providers there are
     * @param environment the value of an environment variable by its name
     * @param allowed what configurations of callers may reach beside what the operator's own use
     * @param hosts what configurations may call, whoever wrote them
     * @param limits what rails may take
     * @param upstreams what calls of one server of models, rails or actions may take
     */
    public EngineModule(
            Catalogue plugins,
            Function<String, Optional<String>> environment,
            Reach allowed,
            AllowedHosts hosts,
            RailLimits.Book limits,
            UpstreamLimits upstreams) {
        this.plugins = new AtomicReference<>(plugins);
        this.environment = environment;
        this.allowed = allowed;
        this.hosts = hosts;
        this.limits = limits;
        this.upstreams = upstreams;
    }

    /** Nobody watches, unless another module says who does. */
    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), EngineObserver.class)
                .setDefault()
                .toInstance(EngineObserver.NOTHING);
    }

    /** The environment of this process. */
    public static Function<String, Optional<String>> processEnvironment() {
        return name -> Optional.ofNullable(System.getenv(name));
    }

    @Provides
    @Singleton
    ThreadKind threadKind() {
        return ThreadKind.best();
    }

    @Provides
    @Singleton
    EngineThreads threads(ThreadKind kind) {
        return new EngineThreads(kind);
    }

    @Provides
    @Singleton
    Upstreams upstreams(EngineObserver observer) {
        return new Upstreams(upstreams, observer);
    }

    @Provides
    @Singleton
    ModelHttpClient connections(Upstreams upstreams) {
        return new ModelHttpClient(ModelHttpClient.Limits.DEFAULT, upstreams);
    }

    @Provides
    Reach allowedToCallers() {
        return allowed;
    }

    @Provides
    RailLimits.Book limits() {
        return limits;
    }

    @Provides
    Function<String, Optional<String>> environment() {
        return environment;
    }

    @Provides
    @Singleton
    ConfigLoader configLoader() {
        return new ConfigLoader(environment, hosts);
    }

    @Provides
    @Singleton
    OpenAiCompatibleProvider openAiCompatible(ModelHttpClient connections) {
        return new OpenAiCompatibleProvider(environment, connections);
    }

    @Provides
    ModelListing modelListing(ModelHttpClient connections) {
        return new EnvironmentModels(environment, connections, Clock.systemUTC());
    }

    @Provides
    @Singleton
    LiveCatalogue live(OpenAiCompatibleProvider openAiCompatible) {
        Catalogue first = plugins.getAndSet(null);
        if (first == null) {
            throw new IllegalStateException("A module is for one engine; make another for each");
        }
        return new LiveCatalogue(Catalogue.withProviders(List.of(openAiCompatible, new DemoProvider())), first);
    }

    @Provides
    Catalogue catalogue(LiveCatalogue live) {
        return live.current();
    }
}
