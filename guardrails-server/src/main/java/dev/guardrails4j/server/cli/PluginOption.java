package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin.Origin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.engine.plugin.PluginTrust;
import dev.guardrails4j.server.settings.PluginSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Option(
            names = "--plugin-allowlist",
            paramLabel = "FILE",
            description = {
                "Only jars whose SHA-256 is in this file are let in: a sum a line, as sha256sum prints them.",
                "Goes before plugins.allowlist in server.yml. Default: every jar is let in."
            })
    private Optional<String> allowlist = Optional.empty();

    /** Loads every plug-in there is: of the class path, of the distribution, and of the operator. */
    Catalogue load(Surroundings surroundings) {
        return load(surroundings, PluginSettings.DEFAULT);
    }

    /** @param settings what {@code server.yml} says of which are let in */
    Catalogue load(Surroundings surroundings, PluginSettings settings) {
        return open(surroundings, settings).load();
    }

    /** Where plug-ins are, to be loaded, and again when they have changed. */
    Source open(Surroundings surroundings, PluginSettings settings) {
        List<PluginFolder> folders = Stream.concat(
                        surroundings.home().stream()
                                .map(home -> new PluginFolder(home.resolve("rails"), Origin.BUNDLED)),
                        operatorFolders(surroundings).map(folder -> new PluginFolder(folder, Origin.DROPPED)))
                .toList();
        return new Source(
                Catalogue.ofClassPath(),
                new PluginLoader(folders, surroundings.pluginCopies(), trust(surroundings, settings)));
    }

    /**
     * Where plug-ins are.
     *
     * @param classPath what the class path has, which does not change
     * @param loader loads what folders have
     */
    record Source(Catalogue classPath, PluginLoader loader) {

        Catalogue load() {
            return Catalogue.combine(List.of(classPath, loader.load()));
        }
    }

    /** Which plug-ins are let in. */
    PluginTrust trust(Surroundings surroundings, PluginSettings settings) {
        Optional<Set<String>> sums = allowlist
                .or(() -> surroundings
                        .environment()
                        .apply("GUARDRAILS_PLUGIN_ALLOWLIST")
                        .filter(file -> !file.isBlank()))
                .map(file -> Allowlist.read(surroundings.path(file)))
                .or(() -> settings.allowlist().map(Set::copyOf));
        try {
            return new PluginTrust(
                    sums,
                    settings.keyStore()
                            .map(surroundings::path)
                            .map(file -> PluginTrust.signersIn(file, settings.keyStorePassword()))
                            .orElse(Set.of()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("the setting plugins.signers.keystore " + e.getMessage());
        }
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
