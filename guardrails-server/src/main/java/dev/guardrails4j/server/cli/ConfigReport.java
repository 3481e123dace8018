package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.RailsConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How a configuration fared.
 *
 * @param id which one
 * @param config what it says; empty if it cannot be used
 * @param problems everything that is wrong with it, errors and warnings
 */
record ConfigReport(String id, Optional<RailsConfig> config, List<Problem> problems) {

    /** Compiles a configuration; its problems name files as they are best shown. */
    static ConfigReport of(Configurations configurations, String id, Surroundings surroundings) {
        try (Guardrails guardrails = configurations.open(List.of(id))) {
            return new ConfigReport(id, Optional.of(guardrails.config()), shown(guardrails.warnings(), surroundings));
        } catch (InvalidConfigException e) {
            return new ConfigReport(id, Optional.empty(), shown(e.problems(), surroundings));
        }
    }

    private static List<Problem> shown(List<Problem> problems, Surroundings surroundings) {
        return problems.stream()
                .map(problem -> new Problem(
                        problem.severity(),
                        new Location(
                                surroundings.show(Path.of(problem.location().file())),
                                problem.location().line()),
                        problem.message()))
                .toList();
    }

    boolean isUsable() {
        return config.isPresent();
    }

    /** How many problems there are, in words: {@code "2 errors, 1 warning"}; empty if there are none. */
    String count() {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        if (errors > 0 && warnings > 0) {
            return Wording.count(errors, "error") + ", " + Wording.count(warnings, "warning");
        }
        if (errors > 0) {
            return Wording.count(errors, "error");
        }
        return warnings > 0 ? Wording.count(warnings, "warning") : "";
    }

    /** Prints each problem on a line of its own, indented. */
    void printProblems(PrintWriter out) {
        problems.forEach(problem -> out.println("  " + problem));
    }

    /** Prints what there is to say of the configurations that have problems. */
    static void printProblems(Collection<ConfigReport> reports, PrintWriter out) {
        reports.stream().filter(report -> !report.problems().isEmpty()).forEach(report -> {
            out.printf(
                    "Configuration '%s' %s: %s%n",
                    report.id(), report.isUsable() ? "is served" : "cannot be used", report.count());
            report.printProblems(out);
        });
    }
}
