package dev.guardrails4j.engine.plugin;

import java.util.List;
import java.util.Optional;

/**
 * What reading a plug-in gave. Immutable.
 *
 * @param jars what it was read from; empty if that could not be read
 * @param usable what the newest version of it that can be used has
 * @param findings the same, with what is wrong with the version that was read
 */
record LoadedPlugin(List<PluginJar> jars, Findings usable, Findings findings) {

    /**
     * @param read what the jars have
     * @param before what reading the same place gave the last time
     */
    static LoadedPlugin of(List<PluginJar> jars, Findings read, PluginFile file, Optional<LoadedPlugin> before) {
        Optional<Findings> earlier = before.map(LoadedPlugin::usable)
                .filter(usable -> !usable.plugins().isEmpty() && read.plugins().isEmpty());
        return earlier.map(usable -> new LoadedPlugin(
                        jars,
                        usable,
                        usable.and(
                                file.name(),
                                read.problems().stream()
                                        .map(problem -> problem.message() + " (the version before it is still used)")
                                        .toList())))
                .orElseGet(() -> new LoadedPlugin(jars, read, read));
    }
}
