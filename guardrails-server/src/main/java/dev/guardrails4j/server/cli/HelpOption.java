package dev.guardrails4j.server.cli;

import picocli.CommandLine.Option;

/** The option that explains a command; picocli prints the help itself. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean requested;
}
