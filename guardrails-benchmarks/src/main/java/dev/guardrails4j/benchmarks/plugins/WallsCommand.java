package dev.guardrails4j.benchmarks.plugins;

import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the same rail twice: from the class path, and as a jar that was dropped into a folder. */
@Command(
        name = "walls",
        description = {
            "Measures what a check costs when its rail is on the class path, and when the same jar is a plug-in with a",
            "class loader of its own: 'regex check input' in the engine, without HTTP, turn by turn on one thread."
        })
public final class WallsCommand implements Callable<Integer> {

    private static final String CONFIG = """
            models: [{type: main, engine: demo, model: demo}]
            rails:
              input: {flows: [regex check input]}
              config: {regex_detection: {input: {patterns: ['\\bforbidden\\b', 'order \\d{9}']}}}
            """;

    private static final String TEXT =
            "Hello, my parcel was to arrive last Friday, but it still says in transit. ".repeat(14);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", defaultValue = "21", description = "How often each is measured; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--checks", defaultValue = "5000", description = "Checks a round; ${DEFAULT-VALUE}.")
    private int checks;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("walls");
        try {
            Files.createDirectories(folder.resolve("configs/walls"));
            Files.writeString(folder.resolve("configs/walls/config.yml"), CONFIG);
            copyRails(Files.createDirectories(folder.resolve("plugins/rails-detectors")));
            Catalogue dropped = new PluginLoader(
                            List.of(new PluginFolder(folder.resolve("plugins"), Plugin.Origin.DROPPED)),
                            folder.resolve("copies"))
                    .load();
            Path configs = folder.resolve("configs");
            try (CheckingEngine onClassPath = new CheckingEngine(Catalogue.ofClassPath(), configs, TEXT);
                    CheckingEngine asPlugin = new CheckingEngine(dropped, configs, TEXT)) {
                measure(onClassPath, asPlugin);
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void measure(CheckingEngine onClassPath, CheckingEngine asPlugin) {
        onClassPath.median(checks);
        asPlugin.median(checks);
        double[] bundled = new double[rounds];
        double[] walled = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            // Turn by turn, and each first as often as the other: whatever else the machine does meets both.
            boolean isBundledFirst = round % 2 == 0;
            double first = (isBundledFirst ? onClassPath : asPlugin).median(checks);
            double second = (isBundledFirst ? asPlugin : onClassPath).median(checks);
            bundled[round] = isBundledFirst ? first : second;
            walled[round] = isBundledFirst ? second : first;
            ratios[round] = walled[round] / bundled[round];
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-28s %8s %8s %8s%n", rounds + " rounds", "median", "lowest", "highest");
        line(out, "on the class path, us", bundled);
        line(out, "as a plug-in, us", walled);
        line(out, "plug-in / class path", ratios);
        out.flush();
    }

    private static void line(PrintWriter out, String name, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        out.printf(
                Locale.ROOT,
                "%-28s %8.3f %8.3f %8.3f%n",
                name,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** The libraries of this program that are not the engine's own; more than the rail needs does no harm. */
    private static void copyRails(Path plugin) throws IOException {
        Pattern separator = Pattern.compile(Pattern.quote(File.pathSeparator));
        for (String entry : separator.split(System.getProperty("java.class.path", ""), -1)) {
            Path jar = Path.of(entry);
            String name = String.valueOf(jar.getFileName());
            if (name.endsWith(".jar") && !name.startsWith("guardrails-")) {
                Files.copy(jar, plugin.resolve(name));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
