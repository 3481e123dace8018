package dev.guardrails4j.engine.plugin;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found in one place, before the names of all places are held against each other.
 *
 * @param plugins those that can be used
 * @param rails their rails, in the order they were found
 * @param actions their actions, in the order they were found
 * @param providers their engines, in the order they were found
 * @param problems what cannot be used
 */
record Findings(
        List<Plugin> plugins,
        List<CataloguedRail> rails,
        List<CataloguedAction> actions,
        List<CataloguedProvider> providers,
        List<PluginProblem> problems) {

    Findings {
        plugins = List.copyOf(plugins);
        rails = List.copyOf(rails);
        actions = List.copyOf(actions);
        providers = List.copyOf(providers);
        problems = List.copyOf(problems);
    }

    /** The same with what else is wrong with the plug-in. */
    Findings and(String plugin, List<String> messages) {
        List<PluginProblem> all = new ArrayList<>(problems);
        messages.forEach(message -> all.add(new PluginProblem(plugin, message)));
        return new Findings(plugins, rails, actions, providers, all);
    }

    /** Nothing, for a reason. */
    static Findings refused(String plugin, String message) {
        return new Findings(List.of(), List.of(), List.of(), List.of(), List.of(new PluginProblem(plugin, message)));
    }
}
