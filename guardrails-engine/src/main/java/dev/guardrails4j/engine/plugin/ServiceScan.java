package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.Rail;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a class loader offers, by {@link ServiceLoader}. Every fault of a class becomes a problem that names it, and
 * the search goes on with the next one. Used once, by one thread; {@link #step} may be read by another.
 */
final class ServiceScan {

    static final List<Class<?>> SERVICES = List.of(Rail.class, Action.class, ChatModelProvider.class);

    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceScan.class);

    /** Ends the search where nothing fits: more than this nobody reads. */
    private static final int MAX_PROBLEMS = 100;

    private final String source;
    private final ClassLoader loader;
    private final Function<Class<?>, Optional<Plugin>> owner;

    private final Set<Plugin> plugins = new LinkedHashSet<>();
    private final List<CataloguedRail> rails = new ArrayList<>();
    private final List<CataloguedAction> actions = new ArrayList<>();
    private final List<CataloguedProvider> providers = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private volatile String step = "reading its service files";

    /**
     * @param source the name to report what cannot be blamed on one class
     * @param owner the plug-in that a class belongs to; empty for classes that are none of this search's business
     */
    ServiceScan(String source, ClassLoader loader, Function<Class<?>, Optional<Plugin>> owner) {
        this.source = source;
        this.loader = loader;
        this.owner = owner;
    }

    Findings run() {
        each(Rail.class, (plugin, rail) -> rails.add(CataloguedRail.of(rail, plugin)));
        each(Action.class, (plugin, action) -> actions.add(CataloguedAction.of(action, plugin)));
        each(ChatModelProvider.class, (plugin, provider) -> providers.addAll(CataloguedProvider.of(provider, plugin)));
        if (problems.size() >= MAX_PROBLEMS) {
            problems.add(new PluginProblem(
                    source, "not searched to the end after " + MAX_PROBLEMS + " problems; mend those first"));
        }
        return new Findings(List.copyOf(plugins), rails, actions, providers, problems);
    }

    /** What the search is doing, for the case that it never ends. */
    String step() {
        return step;
    }

    private <S> void each(Class<S> service, BiConsumer<Plugin, S> taker) {
        UnlinkableClasses unlinkable = new UnlinkableClasses(loader, service);
        Spliterator<ServiceLoader.Provider<S>> found =
                ServiceLoader.load(service, loader).stream().spliterator();
        while (problems.size() < MAX_PROBLEMS) {
            try {
                if (!found.tryAdvance(provider -> take(provider, taker))) {
                    return;
                }
            } catch (ServiceConfigurationError | RuntimeException | StackOverflowError e) {
                report(source, PluginJar.servicePath(service), e);
            } catch (LinkageError e) {
                // Thrown as it is for a class whose superclass is missing or that needs a newer Java.
                report(source, unlinkable.next(e), e);
            }
        }
    }

    private <S> void take(ServiceLoader.Provider<S> provider, BiConsumer<Plugin, S> taker) {
        Class<? extends S> type = provider.type();
        Optional<Plugin> found = owner.apply(type);
        if (found.isEmpty()) {
            return;
        }
        Plugin plugin = found.get();
        step = "creating " + type.getName();
        try {
            plugin.call(() -> {
                S instance = provider.get();
                step = "asking " + type.getName() + " what it offers";
                taker.accept(plugin, instance);
                return plugin;
            });
            plugins.add(plugin);
        } catch (Throwable t) {
            report(plugin.name(), type.getName(), t);
        }
    }

    private void report(String plugin, String subject, Throwable thrown) {
        Fault.rethrowFatal(thrown);
        problems.add(new PluginProblem(plugin, subject + ": " + Fault.describe(thrown)));
        try {
            LOGGER.debug("plug-in {}: {} cannot be used", plugin, subject, thrown);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOGGER.debug("plug-in {}: {} cannot be used, and what it threw cannot be printed", plugin, subject);
        }
    }
}
