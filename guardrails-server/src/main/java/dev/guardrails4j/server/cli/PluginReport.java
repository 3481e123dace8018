package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginProblem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What there is to say of plug-ins. */
final class PluginReport {

    private PluginReport() {}

    /** What a plug-in brings: {@code "rails a, b; engine c"}. */
    static String contents(Plugin plugin, Catalogue catalogue) {
        List<String> parts = new ArrayList<>();
        add(parts, "rail", catalogue.railsOf(plugin));
        add(parts, "action", catalogue.actionsOf(plugin));
        add(parts, "engine", catalogue.enginesOf(plugin));
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String noun, List<String> names) {
        if (!names.isEmpty()) {
            parts.add(noun + (names.size() == 1 ? " " : "s ") + String.join(", ", names));
        }
    }

    /** Prints each plug-in, or part of one, that cannot be used. */
    static void printProblems(Catalogue catalogue, PrintWriter out) {
        List<PluginProblem> problems = catalogue.problems();
        if (!problems.isEmpty()) {
            out.printf("%s with plug-ins:%n", Wording.count(problems.size(), "problem"));
            problems.forEach(problem -> out.println("  " + problem));
        }
    }
}
