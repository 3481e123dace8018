package dev.guardrails4j.server.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where configurations are. */
final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = {
                "A configuration (a folder with config.yml), or a folder of them.",
                "Without it: 'config' here if there is one, else the bundled examples with 'quickstart' as default."
            })
    private Optional<ExistingFolder> named = Optional.empty();

    /** Where configurations are. */
    ConfigRoot root(Surroundings surroundings) {
        return ConfigRoot.choose(named, surroundings)
                .orElseThrow(() -> new CommandFailure("There is no folder ./config and no bundled examples were found;"
                        + " say with --config where your configurations are"));
    }
}
