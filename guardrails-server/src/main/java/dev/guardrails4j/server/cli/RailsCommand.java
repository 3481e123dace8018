package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guardrails rails}: every rail there is. */
@Command(
        name = "rails",
        description = {
            "Lists every rail that a configuration can name: where it can be used, which jar brings it, what it is for.",
            "Below, each plug-in that cannot be used, and why. Exit code 1 if there is one."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails rails",
            "  guardrails rails --plugins target     is the rail that I just built any good?",
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

    @Mixin
    private PluginOption plugins = new PluginOption();

    RailsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = plugins.load(surroundings);
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

    private static List<String> row(CataloguedRail rail) {
        return List.of(rail.name(), stages(rail), rail.plugin().name(), description(rail));
    }

    private static String stages(CataloguedRail rail) {
        return rail.stages().stream()
                .sorted()
                .map(Stage::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
