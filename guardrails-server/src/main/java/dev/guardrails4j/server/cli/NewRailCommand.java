package dev.guardrails4j.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails new-rail}: begins a rail of one's own. */
@Command(
        name = "new-rail",
        description = {
            "Makes a Maven project for a rail of your own, in a folder named after it: the rail, its tests,",
            "a configuration that uses it. It builds and runs as it is; docs/writing-a-rail.md goes on from there."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  guardrails new-rail ticket-check", "  guardrails new-rail 'ticket check' --package com.acme.rails"
        })
final class NewRailCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "What configurations are to call the rail: words, or with dashes between them.")
    private List<String> name = List.of();

    @Option(names = "--package", paramLabel = "PACKAGE", description = "Its Java package. Default: com.example.")
    private String packageName = "com.example";

    NewRailCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        RailProject project = project();
        Path folder = surroundings.path(project.artifact());
        if (Files.exists(folder)) {
            throw new CommandFailure(surroundings.show(folder) + " is there already; take another name, or remove it");
        }
        try {
            project.writeTo(folder);
        } catch (IOException e) {
            throw new CommandFailure("%s cannot be written: %s".formatted(surroundings.show(folder), e));
        }
        explain(project, spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private RailProject project() {
        try {
            return RailProject.named(String.join(" ", name), packageName, repository());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The distribution's own. Without one, as in a development environment, what is built with must be installed. */
    private Optional<URI> repository() {
        return surroundings
                .home()
                .map(home -> home.resolve("maven"))
                .filter(Files::isDirectory)
                .map(Path::toUri);
    }

    private void explain(RailProject project, PrintWriter out) {
        out.printf("Made %s, with the rail '%s'.%n%n", project.artifact(), project.rail());
        out.printf("Then:%n");
        out.printf("  cd %s%n", project.artifact());
        out.printf("  mvn package%n");
        out.printf("  guardrails server --config config --plugins target/plugins%n");
    }
}
