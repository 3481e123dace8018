package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails rails}: every rail there is. */
@Command(
        name = "rails",
        description = {
            "Lists every rail that a configuration can name, and the plug-ins that fail.",
            "Exit code 1 if a plug-in fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails rails",
            "  guardrails rails 'self check input'",
            "  guardrails rails --plugins target   can the rail just built be loaded?",
            "",
            "A rail is used by its name, in a config.yml:",
            "",
            "  rails:",
            "    input:",
            "      flows:",
            "        - self check input"
        })
final class RailsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RAIL",
            arity = "0..1",
            description = "Tells all there is to know of one rail: its parameters, its settings, who sees the text.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private PluginOption plugins = new PluginOption();

    RailsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = plugins.load(surroundings);
        if (name.isPresent()) {
            new RailCard(rail(name.get(), catalogue)).print(out);
            return ExitCode.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RAIL", "STAGES", "JAR", "DESCRIPTION"));
        catalogue.rails().forEach(rail -> rows.add(row(rail)));
        Table.print(rows, out);
        if (catalogue.problems().isEmpty()) {
            return ExitCode.OK;
        }
        out.println();
        PluginReport.printProblems(catalogue, out);
        return ExitCode.SOFTWARE;
    }

    private static CataloguedRail rail(String name, Catalogue catalogue) {
        return catalogue
                .rail(name)
                .orElseThrow(() -> new CommandFailure("there is no rail '%s'%s"
                        .formatted(
                                name,
                                Spelling.suggestion(
                                        name,
                                        catalogue.rails().stream()
                                                .map(CataloguedRail::name)
                                                .toList()))));
    }

    private static List<String> row(CataloguedRail rail) {
        return List.of(
                rail.name(),
                RailCard.stages(rail.description()),
                rail.plugin().name(),
                rail.description().description());
    }
}
