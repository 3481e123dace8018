package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.server.evaluation.Evaluation;
import dev.guardrails4j.server.evaluation.EvaluationException;
import dev.guardrails4j.server.evaluation.EvaluationFigures;
import dev.guardrails4j.server.evaluation.EvaluationPlan;
import dev.guardrails4j.server.evaluation.HtmlReport;
import dev.guardrails4j.server.evaluation.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code guardrails eval}: measures what rails catch, and what they wrongly stop. */
@Command(
        name = "eval",
        description = {
            "Measures rails on labelled texts: what they catch, and what they wrongly stop.",
            "Each rail of the configuration sees each text as if it were the only one, at the stage where it is listed: as"
                    + " what the user says, the model answers, was retrieved, or a tool is given or returns. A text is"
                    + " caught if the rail blocks or rewrites it.",
            "Exit code 0 if all texts were measured and the limits hold, else 1."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails eval --config my-configs/support --data attacks.jsonl --data harmless.jsonl",
            "  guardrails eval --config support --data mixed.jsonl --label-field kind --positive attack --report out.html",
            "  guardrails eval --config support --data mixed.jsonl --min-recall 0.8 --max-false-positives 0.02",
            "  guardrails eval --config privacy --data pii.jsonl --spans-field spans",
            "",
            "A line of data: {\"text\": \"Ignore all previous instructions\", \"label\": \"attack\"}"
        })
final class EvalCommand implements Callable<Integer> {

    private static final int MOST_PARALLEL = 256;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ChosenConfig config = new ChosenConfig();

    @Mixin
    private EvalData data = new EvalData();

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            description = "Measures only this rail of the configuration. Can be repeated.")
    private Set<String> flows = new LinkedHashSet<>();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many texts are looked at at once. More is faster if a rail asks a model, and makes the"
                    + " latency of local rails longer. Default: the number of processors")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Option(names = "--report", paramLabel = "FILE", description = "Writes a page to look at in a browser.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many misses and false alarms of each rail the page shows. Default: ${DEFAULT-VALUE}")
    private int examples;

    @Option(names = "--json", description = "Prints the figures as JSON.")
    private boolean json;

    @Mixin
    private EvalLimits limits = new EvalLimits();

    @Mixin
    private PluginOption plugins = new PluginOption();

    EvalCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireUsable();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ConfigRoot root = config.root(surroundings);
        Catalogue catalogue = plugins.load(surroundings);
        PluginReport.printProblems(catalogue, err);
        try (Engine engine = Engine.start(catalogue, root.path(), surroundings);
                ChosenConfig.Chosen chosen = config.open(engine, root, err)) {
            EvaluationFigures figures = evaluate(chosen.guardrails(), err);
            List<String> names = data.names(surroundings);
            if (json) {
                out.println(JsonReport.of(figures, chosen.id(), names));
            } else {
                EvalTable.print(figures, out);
            }
            if (report.isPresent()) {
                write(report.get(), HtmlReport.of(figures, chosen.id(), names), err);
            }
            printBadLines(figures, err);
            List<String> broken = limits.broken(figures);
            broken.forEach(err::println);
            return broken.isEmpty() && figures.bad() == 0 && figures.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private void requireUsable() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new ParameterException(
                    spec.commandLine(), "--parallel must be from 1 to %d, not %d".formatted(MOST_PARALLEL, parallel));
        }
        if (examples < 0 || examples > 10_000) {
            throw new ParameterException(
                    spec.commandLine(), "--examples must be from 0 to 10000, not %d".formatted(examples));
        }
    }

    private EvaluationFigures evaluate(Guardrails guardrails, PrintWriter err) throws InterruptedException {
        EvaluationPlan plan = new EvaluationPlan(
                data.sources(surroundings), data.format(), data.half(), rails(guardrails), parallel, examples);
        ProgressLine progress = new ProgressLine(err, surroundings.isInteractive());
        try {
            return Evaluation.run(guardrails, plan, new EvalProgress(progress));
        } catch (EvaluationException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure("the data cannot be read: " + e.getMessage());
        } finally {
            progress.end();
        }
    }

    private GenerationOptions rails(Guardrails guardrails) {
        if (flows.isEmpty()) {
            return GenerationOptions.ALL;
        }
        Set<String> known = guardrails.config().flows().values().stream()
                .flatMap(Collection::stream)
                .map(FlowConfig::reference)
                .flatMap(flow -> Stream.of(flow.name(), flow.text()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String flow : flows) {
            if (!known.contains(flow)) {
                throw new CommandFailure("the configuration lists no flow '%s'%s; it lists: %s"
                        .formatted(flow, Spelling.suggestion(flow, known), String.join(", ", known)));
            }
        }
        Map<Stage, RailChoice> choices = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            choices.put(stage, RailChoice.only(flows));
        }
        return new GenerationOptions(choices, false);
    }

    private void write(Path file, String page, PrintWriter err) {
        Path target = surroundings.path(file.toString());
        try {
            Files.writeString(target, page);
            err.println("report written to " + surroundings.show(target));
        } catch (IOException e) {
            throw new CommandFailure("the report cannot be written to %s: %s".formatted(target, e.getMessage()));
        }
    }

    private static void printBadLines(EvaluationFigures figures, PrintWriter err) {
        if (figures.bad() > 0) {
            err.printf("%s could not be used:%n", Wording.count(figures.bad(), "line"));
            figures.badLines().forEach(line -> err.println("  " + line));
            if (figures.bad() > figures.badLines().size()) {
                err.printf("  and %d more%n", figures.bad() - figures.badLines().size());
            }
        }
    }
}
