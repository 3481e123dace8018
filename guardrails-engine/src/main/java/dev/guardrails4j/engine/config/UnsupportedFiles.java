package dev.guardrails4j.engine.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names the files that mean something to the reference and nothing here. Those that would have registered rails, actions
 * or texts are errors: without them the configuration would check or say something else. For one walk.
 */
final class UnsupportedFiles {

    private static final String COLANG = ".co";
    private static final String PYTHON = ".py";
    private static final Set<String> PYTHON_MODULES = Set.of("config.py", "actions.py");

    private final Problems problems;
    private final Set<String> knowledgeBases = new HashSet<>();

    UnsupportedFiles(Problems problems) {
        this.problems = problems;
    }

    /** Whether what a file says matters, and not only that it is there. */
    static boolean isRead(Path file) {
        return file.toString().endsWith(COLANG) || file.toString().endsWith(PYTHON);
    }

    /** @param relative the file's path below the configuration folder */
    void report(Path file, Path relative) {
        String name = relative.getName(relative.getNameCount() - 1).toString();
        Location location = new Location(file.toString(), 0);
        if (name.endsWith(COLANG)) {
            reportColang(file, location);
        } else if (name.endsWith(PYTHON)) {
            reportPython(file, relative, name, location);
        } else if (name.endsWith(".md")) {
            knowledgeBase(relative)
                    .filter(knowledgeBases::add)
                    .ifPresent(folder -> problems.warning(
                            location,
                            "the knowledge base is not supported yet: the documents of '" + folder + "' are not used"));
        }
    }

    private void reportColang(Path file, Location location) {
        if (saysSomething(file)) {
            problems.error(
                    location,
                    "Colang files are not supported: list rails in rails.input.flows and rails.output.flows, write"
                            + " texts to bot_messages, and remove the file or name it in " + RailsIgnore.FILE_NAME);
        }
    }

    private void reportPython(Path file, Path relative, String name, Location location) {
        boolean isAction = relative.getNameCount() > 1
                && relative.getName(relative.getNameCount() - 2).toString().equals("actions");
        if (name.equals("__init__.py") || !saysSomething(file)) {
            return;
        }
        if (PYTHON_MODULES.contains(name) || isAction) {
            problems.error(
                    location,
                    "Python is not executed: bring its rails and actions in a jar, and remove the file or name it in "
                            + RailsIgnore.FILE_NAME);
        } else {
            problems.warning(location, "Python is not executed");
        }
    }

    /** Whether there is a line that is neither blank nor a comment, which both languages begin alike. */
    private boolean saysSomething(Path file) {
        return BoundedFile.read(file, problems)
                .filter(text ->
                        text.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#")))
                .isPresent();
    }

    /** The folder of a knowledge base that a document lies in: the outermost whose name begins with kb. */
    private static Optional<String> knowledgeBase(Path relative) {
        return IntStream.range(0, relative.getNameCount() - 1)
                .mapToObj(index -> relative.getName(index).toString())
                .filter(folder -> folder.startsWith("kb"))
                .findFirst();
    }
}
