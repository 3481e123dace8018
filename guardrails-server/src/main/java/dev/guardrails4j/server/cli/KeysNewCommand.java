package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.KeyHash;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails keys new}: a key, shown once, and the lines that let the server know it. */
@Command(
        name = "new",
        description = {
            "Makes a key of 256 random bits and shows it, this once.",
            "The lines below it are for the list access.keys of server.yml, or keys of a key file; they are no secret."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails keys new support-app",
            "  guardrails keys new support-app 2>> keys.yml   the key on the screen, its lines into a file"
        })
final class KeysNewCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What to call it: letters, digits and . _ -")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Override
    public Integer call() {
        String checked;
        try {
            checked = AccessKey.name(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "NAME " + e.getMessage(), e);
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = "g4j_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        // The key alone where a program would read it; what belongs into the file, beside it.
        spec.commandLine().getOut().println(key);
        spec.commandLine().getOut().flush();
        PrintWriter lines = spec.commandLine().getErr();
        lines.println("  - name: " + checked);
        lines.println("    sha256: " + KeyHash.of(key));
        lines.flush();
        return ExitCode.OK;
    }
}
