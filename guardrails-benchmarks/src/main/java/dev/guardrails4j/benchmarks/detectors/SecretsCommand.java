package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.secrets.SecretDetector;
import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the rails for secrets: on secrets drawn by lot, and on text and code that hold none. */
@Command(
        name = "secrets",
        description = "Measures how well secrets in their issuers' formats are found, and what else is taken for one.")
public final class SecretsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--each", defaultValue = "40", description = "Secrets of each format; ${DEFAULT-VALUE}.")
    private int each;

    @Option(names = "--seed", defaultValue = "1", description = "What they are drawn from; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--clean",
            paramLabel = "PATH",
            description = "Text or code without secrets: JSON Lines with text, or a folder of sources.")
    private List<Path> clean = new ArrayList<>();

    @Option(names = "--half", defaultValue = "report", description = "all, work or report; ${DEFAULT-VALUE}.")
    private Half half = Half.REPORT;

    @Option(names = "--misses", defaultValue = "false", description = "Shows what was missed or is wrong.")
    private boolean misses;

    private final SecretDetector detector = new SecretDetector(SecretDetector.knownTypes(), Set.of());

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Integer> missed = new TreeMap<>();
        List<SecretSamples.Sample> samples = new SecretSamples(seed).samples(each);
        for (SecretSamples.Sample sample : samples) {
            if (detector.find(sample.text()).isEmpty()) {
                missed.merge(sample.format(), 1, Integer::sum);
                show(sample.text());
            }
        }
        int notFound = missed.values().stream().mapToInt(Integer::intValue).sum();
        out.printf(
                Locale.ROOT,
                "secrets: %d, found: %.3f%s%n",
                samples.size(),
                1 - (double) notFound / samples.size(),
                missed.isEmpty() ? "" : "; missed " + missed);
        for (Path path : clean) {
            report(out, path, CleanText.read(path, half));
        }
        out.flush();
        return 0;
    }

    private void report(PrintWriter out, Path path, List<String> texts) throws InterruptedException {
        int flagged = 0;
        for (String text : texts) {
            var found = detector.find(text);
            if (!found.isEmpty()) {
                flagged++;
                found.forEach(finding -> show(finding.type() + ": "
                        + text.substring(
                                Math.max(0, finding.start() - 40), Math.min(text.length(), finding.end() + 20))));
            }
        }
        out.printf(
                Locale.ROOT,
                "%s: %d texts, flagged: %d (%.4f)%n",
                path,
                texts.size(),
                flagged,
                texts.isEmpty() ? 0 : (double) flagged / texts.size());
    }

    private void show(String text) {
        if (misses) {
            spec.commandLine().getOut().println("  " + text.replace("\n", "\\n"));
        }
    }
}
