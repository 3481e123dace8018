package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.engine.watch.Users;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rails, actions and model providers there are, by name. Names are given away once, in the order of the plug-ins: what
 * asks for a taken name is not used, and a problem says so. Immutable; safe for use by many threads.
 */
public final class Catalogue {

    private static final String ENGINE = "guardrails-engine";

    private final Findings findings;
    private final Map<String, CataloguedRail> rails;
    private final Map<String, CataloguedAction> actions;
    private final Map<String, CataloguedProvider> providers;
    private final List<PluginProblem> problems;
    private final Users users = new Users(this::release);

    private Catalogue(Findings findings) {
        this.findings = findings;
        List<PluginProblem> all = new ArrayList<>(findings.problems());
        this.rails = byName(findings.rails(), "rail", CataloguedRail::name, CataloguedRail::plugin, all);
        this.actions = byName(findings.actions(), "action", CataloguedAction::name, CataloguedAction::plugin, all);
        this.providers =
                byName(findings.providers(), "engine", CataloguedProvider::engine, CataloguedProvider::plugin, all);
        this.problems = List.copyOf(all);
    }

    /**
     * What the class path offers, for use as a library: that of the thread's context loader, or of the engine if the
     * thread has none. Every jar and folder of classes is a plug-in of origin {@link Plugin.Origin#CLASS_PATH}.
     */
    public static Catalogue ofClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new Catalogue(ClassPath.scan(context == null ? Catalogue.class.getClassLoader() : context));
    }

    /**
     * What the engine brings itself, as a catalogue to be {@linkplain #combine combined} with others.
     *
     * @param builtIn providers that the engine has made, as no jar could
     */
    public static Catalogue withProviders(Collection<? extends ChatModelProvider> builtIn) {
        Plugin engine = new Plugin(
                ENGINE,
                Optional.empty(),
                Plugin.Origin.CLASS_PATH,
                PluginDescription.NONE,
                Catalogue.class.getClassLoader());
        List<CataloguedProvider> providers = builtIn.stream()
                .flatMap(provider -> CataloguedProvider.of(provider, engine).stream())
                .toList();
        return new Catalogue(new Findings(List.of(engine), List.of(), List.of(), providers, List.of()));
    }

    /**
     * All that several catalogues have. Plug-ins of an earlier {@linkplain Plugin.Origin origin} give their names away
     * first, those of the same origin in the order given.
     */
    public static Catalogue combine(List<Catalogue> catalogues) {
        return of(catalogues.stream().map(catalogue -> catalogue.findings).toList());
    }

    static Catalogue of(List<Findings> findings) {
        List<Plugin> plugins = all(findings, Findings::plugins, Function.identity());
        return new Catalogue(new Findings(
                List.copyOf(new LinkedHashSet<>(plugins)),
                all(findings, Findings::rails, CataloguedRail::plugin),
                all(findings, Findings::actions, CataloguedAction::plugin),
                all(findings, Findings::providers, CataloguedProvider::plugin),
                findings.stream().flatMap(found -> found.problems().stream()).toList()));
    }

    /** Every rail, sorted by name. */
    public List<CataloguedRail> rails() {
        return List.copyOf(rails.values());
    }

    public Optional<CataloguedRail> rail(String name) {
        return Optional.ofNullable(rails.get(name));
    }

    /** Every action, sorted by name. */
    public List<CataloguedAction> actions() {
        return List.copyOf(actions.values());
    }

    public Optional<CataloguedAction> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** Every engine that a provider brings, sorted by name. */
    public List<CataloguedProvider> providers() {
        return List.copyOf(providers.values());
    }

    /**
     * The provider that brings an engine.
     *
     * @param engine in lower case
     */
    public Optional<CataloguedProvider> provider(String engine) {
        return Optional.ofNullable(providers.get(engine));
    }

    /** The names of the rails that a plug-in brings, sorted. */
    public List<String> railsOf(Plugin plugin) {
        return rails.values().stream()
                .filter(rail -> rail.plugin().equals(plugin))
                .map(CataloguedRail::name)
                .toList();
    }

    /** The names of the actions that a plug-in brings, sorted. */
    public List<String> actionsOf(Plugin plugin) {
        return actions.values().stream()
                .filter(action -> action.plugin().equals(plugin))
                .map(CataloguedAction::name)
                .toList();
    }

    /** The engines that a plug-in brings, sorted. */
    public List<String> enginesOf(Plugin plugin) {
        return providers.values().stream()
                .filter(provider -> provider.plugin().equals(plugin))
                .map(CataloguedProvider::engine)
                .toList();
    }

    /** Everything that was loaded, in the order in which names are given away; what failed is in the problems only. */
    public List<Plugin> plugins() {
        return findings.plugins();
    }

    /** What cannot be used and why, in the order it was found. */
    public List<PluginProblem> problems() {
        return problems;
    }

    /** Who uses what is in it. Its maker is the first. */
    Users users() {
        return users;
    }

    /** Keeps its plug-ins loaded until the last of its users has left. */
    void hold() {
        loaders().forEach(PluginClassLoader::hold);
    }

    private void release() {
        loaders().forEach(PluginClassLoader::release);
    }

    private Stream<PluginClassLoader> loaders() {
        return findings.plugins().stream()
                .map(Plugin::loader)
                .filter(PluginClassLoader.class::isInstance)
                .map(PluginClassLoader.class::cast);
    }

    private static <T> List<T> all(
            List<Findings> findings, Function<Findings, List<T>> part, Function<T, Plugin> plugin) {
        return findings.stream()
                .flatMap(found -> part.apply(found).stream())
                .sorted(Comparator.comparing(one -> plugin.apply(one).origin()))
                .toList();
    }

    private static <T> Map<String, T> byName(
            List<T> all,
            String kind,
            Function<T, String> name,
            Function<T, Plugin> plugin,
            List<PluginProblem> problems) {
        Map<String, T> byName = new TreeMap<>();
        for (T one : all) {
            T first = byName.putIfAbsent(name.apply(one), one);
            if (first != null) {
                problems.add(taken(kind, name.apply(one), plugin.apply(one), plugin.apply(first)));
            }
        }
        return byName;
    }

    private static PluginProblem taken(String kind, String name, Plugin second, Plugin first) {
        return new PluginProblem(
                second.name(),
                "the " + kind + " '" + name + "' of " + second.place() + " is not used: " + first.place()
                        + " brings one of that name already; rename it, or remove one of the two");
    }
}
