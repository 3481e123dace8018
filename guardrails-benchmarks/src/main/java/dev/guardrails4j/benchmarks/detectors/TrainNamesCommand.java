package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the model of names that comes with the detectors. */
@Command(
        name = "train-names",
        description = "Trains the model of names, on the work half of a data set and on sentences that are made up.")
public final class TrainNamesCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "JSON Lines with text and spans.")
    private Path data = Path.of("");

    @Option(names = "--clean", paramLabel = "FILE", description = "JSON Lines with text that hardly holds a name.")
    private List<Path> clean = new ArrayList<>();

    @Option(names = "--made-up", defaultValue = "30000", description = "Sentences that are made up; ${DEFAULT-VALUE}.")
    private int madeUp;

    @Option(names = "--rounds", defaultValue = "6", description = "How often all is learnt; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seed", defaultValue = "1", description = "${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the weights go: names.bin.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        Random random = new Random(seed);
        List<MarkedText> texts = new ArrayList<>(new NameSentences(seed).make(madeUp));
        List<MarkedText> real = MarkedText.read(data, Half.WORK);
        for (int i = 0; i < 3; i++) {
            texts.addAll(real);
        }
        for (Path file : clean) {
            texts.addAll(MarkedText.read(file, Half.WORK));
        }
        texts.replaceAll(text -> inOtherCase(text, random.nextInt(100)));
        NameTrainer trainer = new NameTrainer(seed);
        trainer.train(texts, rounds);
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(out))) {
            file.write(trainer.bytes());
        }
        return 0;
    }

    /** Many people write without capital letters, and some with nothing else. */
    private static MarkedText inOtherCase(MarkedText text, int lot) {
        String other = lot < 15
                ? text.text().toLowerCase(Locale.ROOT)
                : lot < 18 ? text.text().toUpperCase(Locale.ROOT) : text.text();
        return other.length() == text.text().length() ? new MarkedText(other, text.spans()) : text;
    }
}
