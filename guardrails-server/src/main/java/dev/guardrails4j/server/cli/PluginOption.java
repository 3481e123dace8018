package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin.Origin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that says where plug-ins are. */
final class PluginOption {

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = {
                "A folder with rail jars: x.jar, or x/*.jar for one with its own libraries. Can be repeated.",
                "Without it: 'plugins' beside the program, and 'plugins' here."
            })
    private List<ExistingFolder> named = new ArrayList<>();

    /** Loads every plug-in there is: of the class path, of the distribution, and of the operator. */
    Catalogue load(Surroundings surroundings) {
        List<PluginFolder> folders = Stream.concat(
                        surroundings.home().stream()
                                .map(home -> new PluginFolder(home.resolve("rails"), Origin.BUNDLED)),
                        operatorFolders(surroundings).map(folder -> new PluginFolder(folder, Origin.DROPPED)))
                .toList();
        return Catalogue.combine(
                List.of(Catalogue.ofClassPath(), new PluginLoader(folders, surroundings.pluginCopies()).load()));
    }

    private Stream<Path> operatorFolders(Surroundings surroundings) {
        if (!named.isEmpty()) {
            return named.stream().map(ExistingFolder::path);
        }
        return Stream.concat(
                surroundings.files().stream().map(files -> files.resolve("plugins")),
                Stream.of(surroundings.path("plugins")));
    }
}
