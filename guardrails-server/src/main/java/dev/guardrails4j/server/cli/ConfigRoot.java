package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.config.Spelling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where configurations are read from.
 *
 * @param path a configuration folder, or a folder of such folders
 * @param isBundled whether these are the examples of the distribution, and not the user's own
 */
record ConfigRoot(Path path, boolean isBundled) {

    private static final String EXAMPLE = "quickstart";

    /**
     * The folder that the user names, else {@code ./config}, else the bundled examples: contract "chat server" 1.11.
     * Empty if there is none of these.
     */
    static Optional<ConfigRoot> choose(Optional<ExistingFolder> named, Surroundings surroundings) {
        if (named.isPresent()) {
            return named.map(folder -> new ConfigRoot(folder.path(), false));
        }
        Path own = surroundings.path("config");
        if (Files.isDirectory(own)) {
            return Optional.of(new ConfigRoot(own, false));
        }
        return surroundings
                .files()
                .map(files -> files.resolve("examples").resolve("configs"))
                .filter(Files::isDirectory)
                .map(examples -> new ConfigRoot(examples, true));
    }

    /** The configuration to use if nobody names one. */
    Optional<String> defaultId() {
        return isBundled ? Optional.of(EXAMPLE) : Optional.empty();
    }

    /**
     * The ids of the configurations there are.
     *
     * @throws CommandFailure if there is none
     */
    List<String> ids(Configurations configurations) {
        List<String> ids = configurations.ids();
        if (ids.isEmpty()) {
            throw new CommandFailure(
                    "no configuration in %s: neither it nor a folder in it has a config.yml".formatted(path));
        }
        return ids;
    }

    /** @throws CommandFailure if the id is not one of those there are */
    void requireKnown(String id, List<String> ids) {
        if (!ids.contains(id)) {
            throw new CommandFailure("there is no configuration '%s' in %s%s; there are: %s"
                    .formatted(id, path, Spelling.suggestion(id, ids), String.join(", ", ids)));
        }
    }
}
