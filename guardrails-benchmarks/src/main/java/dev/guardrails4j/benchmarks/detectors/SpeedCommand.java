package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.rails.detectors.pii.SensitiveDataDetector;
import dev.guardrails4j.rails.detectors.secrets.SecretDetector;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long detectors take for a text, on one thread that does nothing else. */
@Command(
        name = "detector-speed",
        description = "Measures how long the detectors for sensitive data and secrets take for 1 kB, and for more.")
public final class SpeedCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PARAGRAPH = """
        Hello, my name is Jessica Miller and I am writing about order 4711-0815 of 12 March 2024. The parcel was to \
        arrive last Friday, but it still says "in transit", and nobody answers the phone. I called +49 30 901820 three \
        times this week. Could you please tell me where it is, or send it again? You can reach me by e-mail at \
        jessica.miller@example.com in the evening. The address is 12 Long Lane, Springfield. I paid with my card, and \
        the shop at https://shop.example.com/orders?id=4711 shows the payment. Thank you very much for your help, and \
        have a nice day. Kind regards, Jessica. PS: I would also like to know whether the blue one is available again. \
        """;

    /** So that nothing that is measured can be left out. */
    private long found;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seconds", defaultValue = "3", description = "How long each is measured; ${DEFAULT-VALUE}.")
    private int seconds;

    /** Something that looks at a text. */
    @FunctionalInterface
    private interface Detector {
        List<Finding> find(String text) throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        Set<String> known = SensitiveDataDetector.knownEntities();
        Set<String> withForm = new TreeSet<>(known);
        withForm.removeAll(Set.of("PERSON", "LOCATION", "ORGANIZATION"));
        SensitiveDataDetector forms = SensitiveDataDetector.of(withForm);
        SensitiveDataDetector everything = SensitiveDataDetector.of(known);
        SensitiveDataDetector usual = SensitiveDataDetector.of(
                Set.of("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS"));
        SecretDetector secrets = new SecretDetector(SecretDetector.knownTypes(), Set.of());
        spec.commandLine().getOut().printf("%-36s %12s %12s %12s%n", "median, us", "1 kB", "16 kB", "1 MB");
        line("six usual entities", text -> usual.find(text, LIMIT));
        line("all entities with a form", text -> forms.find(text, LIMIT));
        line("all entities, names too", text -> everything.find(text, LIMIT));
        line("all secrets", secrets::find);
        line("all entities and all secrets", text -> {
            secrets.find(text);
            return everything.find(text, LIMIT);
        });
        spec.commandLine().getOut().printf("%d findings in all%n", found);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void line(String name, Detector detector) throws InterruptedException {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%-36s %12.1f %12.1f %12.1f%n",
                        name,
                        median(detector, 1_024),
                        median(detector, 16_384),
                        median(detector, 1_048_576));
    }

    private double median(Detector detector, int length) throws InterruptedException {
        String text = PARAGRAPH.repeat(length / PARAGRAPH.length() + 1).substring(0, length);
        run(detector, text);
        long[] nanos = run(detector, text);
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }

    private long[] run(Detector detector, String text) throws InterruptedException {
        long[] nanos = new long[1_000_000];
        int count = 0;
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (count == 0 || (count < nanos.length && System.nanoTime() < end)) {
            long start = System.nanoTime();
            found += detector.find(text).size();
            nanos[count++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(nanos, count);
    }
}
