package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.PluginDescription;
import dev.guardrails4j.engine.plugin.PluginInspection;
import dev.guardrails4j.server.settings.PluginSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails plugins verify}: what a jar would register, without running anything in it. */
@Command(
        name = "verify",
        description = {
            "Tells what a jar would register, and whether it would be let in, without running anything in it.",
            "Exit code 1 if it would not be loaded, or not all of it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails plugins verify acme.jar",
            "  guardrails plugins verify acme.jar --plugin-allowlist allowed.txt",
            "  guardrails plugins verify acme.jar --signers signers.p12"
        })
final class PluginsVerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "JAR", description = "The jar.")
    @SuppressWarnings("NullAway.Init")
    private String jar;

    @Option(
            names = "--signers",
            paramLabel = "KEYSTORE",
            description = "Certificates of accepted signers. Its password is in GUARDRAILS_SIGNERS_PASSWORD.")
    private Optional<String> signers = Optional.empty();

    @Mixin
    private PluginOption plugins = new PluginOption();

    PluginsVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path file = surroundings.path(jar);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no file " + file);
        }
        PluginSettings settings = new PluginSettings(
                Optional.empty(), signers, surroundings.environment().apply("GUARDRAILS_SIGNERS_PASSWORD"));
        try {
            PluginInspection found = PluginInspection.of(file, plugins.trust(surroundings, settings));
            print(found, spec.commandLine().getOut());
            return found.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandFailure("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private void print(PluginInspection found, PrintWriter out) {
        // As sha256sum prints it, and as an allow-list has it.
        out.println(found.sha256() + "  " + jar);
        PluginDescription said = found.description();
        line(out, "name", said.name());
        line(out, "version", said.version());
        line(out, "about", said.description());
        line(out, "vendor", said.vendor());
        line(out, "homepage", said.homepage());
        line(out, "api", said.api());
        found.registered()
                .forEach(one -> out.printf(
                        "  %-9s %s%s%n",
                        one.kind().equals("chatmodelprovider") ? "engine" : one.kind(),
                        one.className(),
                        one.java() == 0 ? "" : " (Java " + one.java() + ")"));
        if (!found.problems().isEmpty()) {
            out.printf("%s:%n", Wording.count(found.problems().size(), "problem"));
            found.problems().forEach(problem -> out.println("  " + problem));
        }
    }

    private static void line(PrintWriter out, String label, Optional<String> text) {
        text.ifPresent(it -> out.printf("  %-9s %s%n", label, it));
    }
}
