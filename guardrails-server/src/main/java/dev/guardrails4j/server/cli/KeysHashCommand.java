package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.access.KeyHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guardrails keys hash}: the hash of a key that was made elsewhere. */
@Command(
        name = "hash",
        description = {
            "Reads a key from the standard input, where no list of commands keeps it, and prints its hash.",
            "A key that people could have thought of is refused: whoever sees its hash could find it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  guardrails keys hash < key.txt"})
final class KeysHashCommand implements Callable<Integer> {

    private static final int SHORTEST = 32;
    private static final int LONGEST = 512;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    KeysHashCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String key = read().strip();
        if (key.length() < SHORTEST || key.length() > LONGEST || !key.matches("[\\x21-\\x7E]+")) {
            throw new CommandFailure(
                    "a key has %d to %d characters of ASCII without blanks, all of them random; 'guardrails keys new' makes one"
                            .formatted(SHORTEST, LONGEST));
        }
        spec.commandLine().getOut().println(KeyHash.of(key));
        return ExitCode.OK;
    }

    private String read() throws IOException {
        char[] read = new char[2 * LONGEST];
        int length = 0;
        try (BufferedReader input = surroundings.typed()) {
            int more;
            while (length < read.length && (more = input.read(read, length, read.length - length)) >= 0) {
                length += more;
            }
        }
        return new String(read, 0, length);
    }
}
