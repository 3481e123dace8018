package dev.guardrails4j.engine;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.LiveCatalogue;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.EngineObserver.Reloaded;
import dev.guardrails4j.engine.watch.Watched;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up plug-ins that are dropped in, replaced or removed while the engine runs. Requests find the new ones all at once;
 * those that run end on the old ones. A configuration that the new ones do not fit keeps the old. Safe for use by many
 * threads.
 */
@Singleton
public final class PluginReload {

    private static final Logger LOG = LoggerFactory.getLogger(PluginReload.class);

    private final LiveCatalogue live;
    private final Configurations configurations;
    private final CallerConfigurations callers;
    private final EngineObserver observer;

    @Inject
    PluginReload(
            LiveCatalogue live, Configurations configurations, CallerConfigurations callers, EngineObserver observer) {
        this.live = live;
        this.configurations = configurations;
        this.callers = callers;
        this.observer = observer;
    }

    /** Compiles every configuration anew, with other plug-ins. */
    public synchronized void adopt(Catalogue plugins) {
        if (!live.replace(plugins)) {
            return;
        }
        configurations.reloadAll();
        callers.forget();
        observer.reloaded(Reloaded.PLUGINS);
        Catalogue now = live.current();
        LOG.info(
                "The plug-ins were read anew: {} rails, {} actions",
                now.rails().size(),
                now.actions().size());
        now.problems().forEach(problem -> LOG.warn("Plug-in {}", problem));
    }

    /**
     * The loader's folders, to be watched, so that what changes is taken up.
     *
     * @param others plug-ins that no folder has
     */
    public Watched watched(PluginLoader loader, Catalogue others) {
        return new Watched(
                "plug-ins",
                loader.stampsWhenLoaded(),
                loader::stamps,
                changed -> adopt(Catalogue.combine(List.of(others, loader.load()))));
    }
}
