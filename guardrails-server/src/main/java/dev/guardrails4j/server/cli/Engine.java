package dev.guardrails4j.server.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.OptionalBinder;
import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.engine.PluginReload;
import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.pipeline.RailGates;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.engine.watch.Watched;
import dev.guardrails4j.server.configs.ServerConfigs;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigStore;
import java.nio.file.Path;
import java.util.List;

/** The engine with the configurations below one folder. */
final class Engine implements AutoCloseable {

    private final Injector injector;
    private final Surroundings surroundings;

    private Engine(Injector injector, Surroundings surroundings) {
        this.injector = injector;
        this.surroundings = surroundings;
    }

    /** An engine for the operator's own configurations. */
    static Engine start(Catalogue plugins, Path root, Surroundings surroundings) {
        return start(
                plugins,
                root,
                surroundings,
                Reach.NOTHING,
                AllowedHosts.ANY,
                RailLimits.Book.DEFAULT,
                UpstreamLimits.DEFAULT,
                EngineObserver.NOTHING);
    }

    /**
     * @param callerReach what configurations of callers may reach beside what the operator's own use
     * @param allowedHosts what configurations may call, whoever wrote them
     * @param limits what rails may take
     * @param upstreams what calls of one server of models, rails or actions may take
     * @param observer what watches it
     */
    static Engine start(
            Catalogue plugins,
            Path root,
            Surroundings surroundings,
            Reach callerReach,
            AllowedHosts allowedHosts,
            RailLimits.Book limits,
            UpstreamLimits upstreams,
            EngineObserver observer) {
        return new Engine(
                Guice.createInjector(
                        new EngineModule(
                                plugins, surroundings.environment(), callerReach, allowedHosts, limits, upstreams),
                        binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(root)),
                        binder -> OptionalBinder.newOptionalBinder(binder, EngineObserver.class)
                                .setBinding()
                                .toInstance(observer)),
                surroundings);
    }

    Configurations configurations() {
        return injector.getInstance(Configurations.class);
    }

    ModelListing modelListing() {
        return injector.getInstance(ModelListing.class);
    }

    /** The configurations that callers name, bring, list and write. */
    ServerConfigs serverConfigs(ConfigStore store, Workspaces workspaces) {
        return ServerConfigs.of(configurations(), injector.getInstance(CallerConfigurations.class), store, workspaces);
    }

    /** The folders of plug-ins, to be watched, so that what changes is taken up. */
    Watched watched(PluginOption.Source source) {
        return injector.getInstance(PluginReload.class).watched(source.loader(), source.classPath());
    }

    Actions actions() {
        return injector.getInstance(Actions.class);
    }

    Catalogue catalogue() {
        return injector.getInstance(Catalogue.class);
    }

    RailGates gates() {
        return injector.getInstance(RailGates.class);
    }

    Upstreams upstreams() {
        return injector.getInstance(Upstreams.class);
    }

    ThreadKind threadKind() {
        return injector.getInstance(ThreadKind.class);
    }

    /** Compiles a configuration. */
    ConfigReport report(String id) {
        return ConfigReport.of(configurations(), id, surroundings);
    }

    /** Compiles configurations. */
    List<ConfigReport> reports(List<String> ids) {
        return ids.stream().map(this::report).toList();
    }

    @Override
    public void close() {
        injector.getInstance(CallerConfigurations.class).close();
        configurations().close();
        injector.getInstance(EngineResources.class).close();
    }
}
