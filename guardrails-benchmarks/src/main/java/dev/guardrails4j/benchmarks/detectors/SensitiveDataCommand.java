package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.pii.SensitiveDataDetector;
import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the rails for sensitive data on a data set with spans. */
@Command(
        name = "sensitive-data",
        description = "Measures how well sensitive data is found in JSON Lines with text and spans.")
public final class SensitiveDataCommand implements Callable<Integer> {

    /** The data set's words for what has another name here. */
    private static final Map<String, String> NAMES = Map.of("ADDRESS", "LOCATION", "DOMAIN_NAME", "URL");

    private static final Set<String> BY_PATTERN = Set.of(
            "CREDIT_CARD",
            "PHONE_NUMBER",
            "DATE_TIME",
            "EMAIL_ADDRESS",
            "US_SSN",
            "IBAN_CODE",
            "URL",
            "US_DRIVER_LICENSE",
            "IP_ADDRESS");

    private static final List<String> BY_NAME = List.of("PERSON", "LOCATION", "ORGANIZATION");

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "JSON Lines with text and spans.")
    private Path data = Path.of("");

    @Option(names = "--half", defaultValue = "report", description = "all, work or report; ${DEFAULT-VALUE}.")
    private Half half = Half.REPORT;

    @Option(
            names = "--misses",
            paramLabel = "N",
            defaultValue = "0",
            description = "Shows so many misses, in the work half only.")
    private int misses;

    private final Map<String, SpanScore> scores = new TreeMap<>();
    private int clean;
    private int cleanFlagged;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<String> entities = new TreeSet<>(BY_PATTERN);
        entities.addAll(BY_NAME);
        entities.retainAll(SensitiveDataDetector.knownEntities());
        SensitiveDataDetector detector = SensitiveDataDetector.of(entities);
        for (MarkedText text : MarkedText.read(data, half)) {
            count(text, detector.find(text.text(), LIMIT));
        }
        report(spec.commandLine().getOut());
        return 0;
    }

    private void count(MarkedText text, List<Finding> found) {
        if (text.spans().isEmpty()) {
            clean++;
            cleanFlagged += found.isEmpty() ? 0 : 1;
        }
        for (Finding span : text.spans()) {
            boolean isFound = isCovered(span, found);
            score(span).there(isFound);
            show("missed", text, span, isFound);
        }
        for (Finding finding : found) {
            boolean isRight = isCovered(finding, text.spans());
            score(finding).claimed(isRight);
            show("wrong", text, finding, isRight);
        }
    }

    private void show(String what, MarkedText text, Finding finding, boolean fine) {
        if (!fine && half == Half.WORK && misses > 0) {
            misses--;
            spec.commandLine()
                    .getOut()
                    .println(what + " " + finding.type() + " [" + text.text().substring(finding.start(), finding.end())
                            + "] in: " + text.text());
        }
    }

    private SpanScore score(Finding finding) {
        return scores.computeIfAbsent(name(finding), it -> new SpanScore());
    }

    private static String name(Finding finding) {
        return NAMES.getOrDefault(finding.type(), finding.type());
    }

    private static boolean isCovered(Finding span, List<Finding> by) {
        int covered = 0;
        for (Finding other : by) {
            if (name(other).equals(name(span))) {
                covered += Math.max(0, Math.min(span.end(), other.end()) - Math.max(span.start(), other.start()));
            }
        }
        return 2 * covered >= span.length();
    }

    private void report(PrintWriter out) {
        SpanScore patterns = new SpanScore();
        SpanScore all = new SpanScore();
        out.println(SpanScore.heading());
        scores.forEach((name, score) -> {
            out.println(score.line(name));
            all.add(score);
            if (BY_PATTERN.contains(name)) {
                patterns.add(score);
            }
        });
        out.println(patterns.line("all with a pattern"));
        out.println(all.line("all"));
        out.printf(
                Locale.ROOT,
                "sentences without spans: %d, flagged: %d (%.3f)%n",
                clean,
                cleanFlagged,
                clean == 0 ? 0 : (double) cleanFlagged / clean);
        out.flush();
    }
}
