package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.promptinjection.LinearModel;
import dev.guardrails4j.rails.detectors.promptinjection.PlainText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the linear model of the prompt injection rails. */
@Command(
        name = "train-prompt-injection",
        description = {
            "Trains the linear model of the prompt injection rails on the work halves of the public sets in data/ and"
                    + " on texts of ours, and writes its weights where the jar takes them from.",
            "Prints how models do on the fifth of the texts that each was not trained on. Gives the same weights each"
                    + " time."
        })
public final class TrainInjectionCommand implements Callable<Integer> {

    private static final int FOLDS = 5;
    private static final double THRESHOLD = 0.5;
    private static final String CHECKOUT = System.getProperty("guardrails.checkout", ".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "Where the texts are; guardrails-benchmarks/data.")
    private Path data = Path.of(CHECKOUT, "guardrails-benchmarks", "data");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the weights go; the resources of rails-detectors.")
    private Path out = Path.of(
            CHECKOUT,
            "rails-detectors/src/main/resources/dev/guardrails4j/rails/detectors/promptinjection/weights.bin");

    @Override
    public Integer call() throws IOException {
        PrintWriter report = spec.commandLine().getOut();
        List<TrainingText> texts = TrainingText.readAll(data);
        crossValidate(texts, report);
        try (OutputStream file = Files.newOutputStream(out)) {
            LinearModelTrainer.train(texts).write(file);
        }
        report.printf("trained on %,d texts; weights written to %s%n", texts.size(), out);
        return 0;
    }

    private static void crossValidate(List<TrainingText> texts, PrintWriter report) {
        Map<String, int[]> counts = new TreeMap<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            LinearModel model = LinearModelTrainer.train(
                    texts.stream().filter(text -> text.fold(FOLDS) != held).toList());
            texts.stream().filter(text -> text.fold(FOLDS) == held).forEach(text -> {
                int[] count = counts.computeIfAbsent(
                        text.source() + (text.isAttack() ? ", attacks" : ", harmless"), key -> new int[2]);
                count[0] += model.score(PlainText.of(text.text()).text()) >= THRESHOLD ? 1 : 0;
                count[1]++;
            });
        }
        report.printf("The model alone, cross-validated, threshold %s:%n", THRESHOLD);
        counts.forEach((source, count) -> report.printf(
                "  %-34s %4d of %4d caught (%.3f)%n", source, count[0], count[1], (double) count[0] / count[1]));
    }
}
