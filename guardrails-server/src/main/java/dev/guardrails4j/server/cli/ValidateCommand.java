package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails validate}: finds every mistake in configurations without serving them. */
@Command(
        name = "validate",
        description = {
            "Finds every mistake in configurations, with file and line.",
            "Calls no model. Exit code 0 if all can be used, 1 if one cannot."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails validate my-configs/support   one configuration",
            "  guardrails validate my-configs           all that are in a folder",
            "  guardrails validate my-configs --plugins ~/rails",
            "",
            "Environment variables that a configuration mentions must be set."
        })
final class ValidateCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A configuration (a folder with config.yml), or a folder of them.")
    @SuppressWarnings("NullAway.Init")
    private ExistingFolder folder;

    @Mixin
    private PluginOption plugins = new PluginOption();

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = plugins.load(surroundings);
        PluginReport.printProblems(catalogue, out);
        ConfigRoot root = new ConfigRoot(folder.path(), false);
        try (Engine engine = Engine.start(catalogue, root.path(), surroundings)) {
            List<ConfigReport> reports = engine.reports(root.ids(engine.configurations()));
            reports.forEach(report -> print(report, out));
            return printTotal(reports, out);
        }
    }

    private static void print(ConfigReport report, PrintWriter out) {
        out.printf("%s: %s%n", report.id(), report.problems().isEmpty() ? "ok" : report.count());
        report.printProblems(out);
    }

    private static int printTotal(List<ConfigReport> reports, PrintWriter out) {
        long broken = reports.stream().filter(report -> !report.isUsable()).count();
        if (reports.size() > 1) {
            out.printf(
                    "%s, %s%n",
                    Wording.count(reports.size(), "configuration"),
                    broken == 0 ? "all can be used" : broken + " cannot be used");
        }
        return broken == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
