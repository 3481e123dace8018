package dev.guardrails4j.server;

import dev.guardrails4j.server.cli.GuardrailsCommand;
import dev.guardrails4j.server.cli.Surroundings;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name; {@code --help} tells which there are. */
    public static void main(String[] arguments) {
        System.exit(GuardrailsCommand.commandLine(Surroundings.ofProcess()).execute(arguments));
    }
}
