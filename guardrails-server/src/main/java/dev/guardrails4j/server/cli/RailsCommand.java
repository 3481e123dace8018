package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            "Lists every rail that a configuration can name, and the plug-ins that fail.",
            "Exit code 1 if a plug-in fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails rails",
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
        String stages = asked(rail, () -> stages(rail.rail().stages()));
        return List.of(rail.name(), stages, rail.plugin().name(), asked(rail, rail.rail()::description));
    }

    private static String stages(Set<Stage> stages) {
        return stages.stream()
                .sorted()
                .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** What a rail says of itself. One that fails at it must not keep the others from being listed. */
    private static String asked(CataloguedRail rail, Callable<String> question) {
        try {
            return rail.plugin().call(question);
        } catch (Exception | LinkageError e) {
            return "(fails to say: %s)".formatted(e);
        }
    }
}
