package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginDescription;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guardrails plugins}: every plug-in there is, and what it brings. */
@Command(
        name = "plugins",
        description = {
            "Lists the plug-ins with what each brings, and those that fail.",
            "Exit code 1 if a plug-in fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  guardrails plugins", "  guardrails plugins --plugins ~/my-rails"})
final class PluginsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private PluginOption plugins = new PluginOption();

    PluginsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = plugins.load(surroundings);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PLUG-IN", "VERSION", "VENDOR", "FROM", "BRINGS"));
        catalogue.plugins().forEach(plugin -> rows.add(row(plugin, catalogue)));
        Table.print(rows, out);
        if (catalogue.problems().isEmpty()) {
            return ExitCode.OK;
        }
        out.println();
        PluginReport.printProblems(catalogue, out);
        return ExitCode.SOFTWARE;
    }

    private List<String> row(Plugin plugin, Catalogue catalogue) {
        PluginDescription said = plugin.description();
        return List.of(
                plugin.name(),
                said.version().orElse("-"),
                said.vendor().orElse("-"),
                plugin.path()
                        .map(Path::getParent)
                        .map(surroundings::show)
                        .orElse(plugin.origin().name().toLowerCase(Locale.ROOT)),
                PluginReport.contents(plugin, catalogue));
    }
}
