package dev.guardrails4j.benchmarks.detectors;

import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Text that holds nothing that a detector should find. */
final class CleanText {

    private static final Set<String> SOURCES = Set.of(
            "java", "py", "js", "ts", "go", "rs", "c", "h", "sh", "md", "yml", "yaml", "xml", "json", "sql", "txt",
            "html");
    private static final int LINES_OF_A_TEXT = 40;

    private CleanText() {}

    /** The texts of JSON Lines; or of all sources below a folder, in pieces of 40 lines. */
    static List<String> read(Path path, Half half) throws IOException {
        if (!Files.isDirectory(path)) {
            return MarkedText.read(path, half).stream().map(MarkedText::text).toList();
        }
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(CleanText::isSource).sorted().toList()) {
                pieces(file).stream().filter(half::has).forEach(texts::add);
            }
        }
        return texts;
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && SOURCES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<String> pieces(Path file) throws IOException {
        List<String> pieces = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i += LINES_OF_A_TEXT) {
                pieces.add(String.join("\n", lines.subList(i, Math.min(lines.size(), i + LINES_OF_A_TEXT))));
            }
        } catch (MalformedInputException e) {
            // Not text in UTF-8: left out.
            return List.of();
        }
        return pieces;
    }
}
