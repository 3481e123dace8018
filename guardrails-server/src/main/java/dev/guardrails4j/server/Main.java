package dev.guardrails4j.server;

import dev.guardrails4j.server.cli.GuardrailsCommand;
import dev.guardrails4j.server.cli.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name; {@code --help} tells which there are. */
    public static void main(String[] arguments) {
        System.exit(GuardrailsCommand.commandLine(Surroundings.ofProcess(), arguments)
                .setOut(output())
                .execute(arguments));
    }

    /** {@code System.out} would not tell that whoever reads it has gone. */
    private static PrintWriter output() {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), Charset.defaultCharset()), true);
    }
}
