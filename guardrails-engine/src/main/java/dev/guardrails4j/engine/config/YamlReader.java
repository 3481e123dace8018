package dev.guardrails4j.engine.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML 1.1 as the reference's configurations are written for: {@code yes} is true, {@code 012} is ten. Builds no
 * object of any type that a document names, and is bounded in length, depth, aliases and what aliases expand to.
 */
final class YamlReader {

    /** The longest file in code points; SnakeYAML takes more than linear time for one long scalar. */
    static final int MAX_CODE_POINTS = 262_144;

    static final int MAX_DEPTH = 50;

    static final int MAX_ALIASES = 50;

    private final Problems problems;

    YamlReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads one document.
     *
     * @param file the name to use in locations
     * @return the document, {@code null}-valued if there is nothing in it; empty if it cannot be read, which has then been
     *     added to the problems
     */
    Optional<ConfigNode> read(String file, String text) {
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            problems.error(new Location(file, 0), tooLong());
            return Optional.empty();
        }
        try {
            Node node = compose(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return Optional.of(node == null ? nothing(file) : new YamlNodes(file, problems).convert(node));
        } catch (MarkedYAMLException invalid) {
            problems.error(place(file, invalid.getProblemMark()), "not valid YAML: " + expectation(invalid));
        } catch (ReaderException unprintable) {
            problems.error(
                    new Location(file, lineOf(text, unprintable.getPosition())),
                    "not valid YAML: the character with the code " + unprintable.getCodePoint() + " is not allowed");
        } catch (YAMLException limit) {
            problems.error(new Location(file, 0), limitExceeded(limit));
        } catch (InvalidConfigException tooMuch) {
            problems.addAll(tooMuch.problems());
        }
        return Optional.empty();
    }

    static String tooLong() {
        return "longer than " + MAX_CODE_POINTS + " characters; split it into several files";
    }

    private static ConfigNode nothing(String file) {
        return new ConfigNode(null, "", new Location(file, 1));
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            return new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
        } catch (IllegalArgumentException | IndexOutOfBoundsException fault) {
            // The library's scanner fails so at an escape sequence that the end of the text breaks off.
            throw new YAMLException(fault);
        }
    }

    private static Location place(String file, @Nullable Mark mark) {
        return new Location(file, mark == null ? 0 : mark.getLine() + 1);
    }

    /** What the parser missed, and what it was reading, without its excerpt of the file: that may hold a secret. */
    private static String expectation(MarkedYAMLException invalid) {
        String problem = invalid.getProblem() == null ? "cannot be read" : invalid.getProblem();
        Mark began = invalid.getContextMark();
        boolean elsewhere = began != null
                && invalid.getProblemMark() != null
                && began.getLine() != invalid.getProblemMark().getLine();
        if (invalid.getContext() == null || invalid.getContext().isBlank() || !elsewhere) {
            return problem;
        }
        return problem + " (" + invalid.getContext().strip() + " that begins in line " + (began.getLine() + 1) + ")";
    }

    private static String limitExceeded(YAMLException limit) {
        String message = String.valueOf(limit.getMessage());
        if (message.contains("Nesting Depth")) {
            return "nested deeper than " + MAX_DEPTH + " levels";
        }
        if (message.contains("aliases")) {
            return "more than " + MAX_ALIASES + " aliases of lists and maps";
        }
        return "not valid YAML: cannot be read";
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.substring(0, Math.min(position, text.length()))
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    /** To end the reading of a document at once. */
    static InvalidConfigException refuse(Location location, String message) {
        return new InvalidConfigException(List.of(Problem.error(location, message)));
    }
}
