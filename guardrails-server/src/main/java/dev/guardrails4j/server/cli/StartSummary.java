package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.plugin.Plugin;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the server prints once it listens, and the only thing it prints then.
 *
 * @param address where it listens, prefix included
 * @param metrics where metrics are served, if they have an address of their own
 * @param threads what requests run on
 * @param root the configurations' folder
 * @param defaultId the configuration of requests that name none
 * @param autoReload whether edits of configurations are taken up
 * @param reports every configuration
 * @param catalogue what there is to build them from
 * @param models a line for each model
 * @param kept where conversation threads are kept
 * @param stored where the configurations are kept that callers store
 * @param access who may call
 * @param audit where decisions are written, if they are
 */
record StartSummary(
        String address,
        Optional<String> metrics,
        String threads,
        ConfigRoot root,
        Optional<String> defaultId,
        boolean autoReload,
        List<ConfigReport> reports,
        Catalogue catalogue,
        List<String> models,
        String kept,
        String stored,
        String access,
        Optional<String> audit) {

    void print(PrintWriter out) {
        out.printf("Guardrails4J %s on Java %s, %s%n", Version.number(), System.getProperty("java.version"), threads);
        line(out, "address", List.of(address));
        line(out, "metrics", metrics.stream().toList());
        line(out, "configs", configs());
        line(out, "models", models);
        line(out, "rails", List.of(rails()));
        line(out, "threads", List.of(kept));
        line(out, "stored", List.of(stored));
        line(out, "access", List.of(access));
        line(out, "audit", audit.stream().toList());
        line(out, "plug-ins", droppedIn());
        printProblems(out);
        PluginReport.printProblems(catalogue, out);
        out.flush();
    }

    private static void line(PrintWriter out, String label, List<String> entries) {
        String lead = label;
        for (String entry : entries) {
            out.printf("  %-9s %s%n", lead, entry);
            lead = "";
        }
    }

    private List<String> configs() {
        String place = root.path().toString();
        return List.of(autoReload ? place + ", edits are taken up" : place, served());
    }

    private String served() {
        return reports.stream()
                .filter(ConfigReport::isUsable)
                .map(ConfigReport::id)
                .map(id -> defaultId.equals(Optional.of(id)) ? id + " (default)" : id)
                .collect(Collectors.joining(", "));
    }

    /** Most examples need a key or a plug-in, which a newcomer does not have: that is no cause for alarm. */
    private void printProblems(PrintWriter out) {
        if (!root.isBundled()) {
            ConfigReport.printProblems(reports, out);
            return;
        }
        String waiting = reports.stream()
                .filter(report -> !report.isUsable())
                .map(ConfigReport::id)
                .collect(Collectors.joining(", "));
        if (!waiting.isEmpty()) {
            out.printf("Examples that need a key or a plug-in first: %s%n", waiting);
            out.printf("  'guardrails validate %s' says what each needs%n", root.path());
        }
    }

    /** {@code "5: 4 of rails-self-check, 1 of acme.jar"}. */
    private String rails() {
        Map<String, Long> byPlugin = catalogue.rails().stream()
                .map(CataloguedRail::plugin)
                .collect(Collectors.groupingBy(Plugin::name, TreeMap::new, Collectors.counting()));
        if (byPlugin.isEmpty()) {
            return "none";
        }
        return byPlugin.entrySet().stream()
                .map(entry -> entry.getValue() + " of " + entry.getKey())
                .collect(Collectors.joining(", ", catalogue.rails().size() + ": ", ""));
    }

    private List<String> droppedIn() {
        List<String> lines = catalogue.plugins().stream()
                .filter(plugin -> plugin.origin() == Plugin.Origin.DROPPED)
                .map(plugin -> plugin.name() + ": " + PluginReport.contents(plugin, catalogue))
                .toList();
        return lines.isEmpty() ? List.of("none dropped in") : lines;
    }
}
