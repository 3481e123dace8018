package dev.guardrails4j.engine.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the files of a configuration folder, contract "config and rails" 1.7, in an order that does not depend on the file
 * system: the files of a folder by name, then its sub-folders by name. Links are followed; what is reached twice is read
 * once, so that circles end. Names that begin with a dot are not read: editors, version control and mounted config maps
 * keep second copies under them. For one walk.
 */
final class FolderReader {

    static final int MAX_DEPTH = 20;

    static final int MAX_ENTRIES = 10_000;

    static final int MAX_YAML_FILES = 200;

    /** A root that is a configuration itself also holds the settings of the server, which are not for it. */
    private static final String SERVER_SETTINGS = "server.yml";

    private final Path root;
    private final RailsIgnore ignore;
    private final Problems problems;
    private final UnsupportedFiles unsupported;
    private final Set<Path> seen = new HashSet<>();
    private final List<Path> yamlFiles = new ArrayList<>();
    private int entries;
    private boolean tooMany;

    FolderReader(Path root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.ignore = RailsIgnore.of(root, problems);
        this.unsupported = new UnsupportedFiles(problems);
    }

    /** The YAML files in the order in which they are to be merged. What else is found and means something is a problem. */
    List<Path> yamlFiles() {
        walk(root, 0);
        if (yamlFiles.isEmpty() && !tooMany) {
            problems.error(
                    new Location(root.toString(), 0),
                    "no configuration: the folder has no .yml or .yaml file; write a config.yml");
        }
        return List.copyOf(yamlFiles);
    }

    private void walk(Path folder, int depth) {
        List<Path> folders = new ArrayList<>();
        for (Path entry : sortedEntries(folder)) {
            Path relative = root.relativize(entry);
            if (ignore.ignores(relative)) {
                continue;
            }
            boolean isHidden =
                    relative.getName(relative.getNameCount() - 1).toString().startsWith(".");
            if (Files.isDirectory(entry)) {
                if (!isHidden) {
                    folders.add(entry);
                }
            } else if (isHidden && isYaml(entry)) {
                problems.warning(new Location(entry.toString(), 0), "not read, because its name begins with a dot");
            } else if (!isHidden) {
                file(entry, relative);
            }
        }
        if (depth == MAX_DEPTH && !folders.isEmpty()) {
            problems.error(new Location(folders.get(0).toString(), 0), "folders are nested deeper than " + MAX_DEPTH);
            return;
        }
        folders.forEach(sub -> walk(sub, depth + 1));
    }

    private List<Path> sortedEntries(Path folder) {
        List<Path> sorted = new ArrayList<>();
        try {
            if (tooMany || !seen.add(folder.toRealPath())) {
                return List.of();
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                for (Path entry : stream) {
                    if (++entries > MAX_ENTRIES) {
                        refuseTooMany("more than " + MAX_ENTRIES + " files; is this a configuration folder?");
                        return List.of();
                    }
                    sorted.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException failure) {
            problems.error(new Location(folder.toString(), 0), "the folder cannot be read");
        }
        sorted.sort(Comparator.comparing(Path::toString));
        return sorted;
    }

    private void file(Path file, Path relative) {
        if (relative.toString().equals(SERVER_SETTINGS)) {
            return;
        }
        if (!isYaml(file)) {
            unsupported.report(file, relative);
        } else if (isNew(file)) {
            if (yamlFiles.size() == MAX_YAML_FILES) {
                refuseTooMany("more than " + MAX_YAML_FILES + " YAML files; is this one configuration?");
            } else {
                yamlFiles.add(file);
            }
        }
    }

    private boolean isNew(Path file) {
        try {
            return seen.add(file.toRealPath());
        } catch (IOException dangling) {
            // Listed, so that reading it says what is wrong.
            return true;
        }
    }

    private void refuseTooMany(String problem) {
        if (!tooMany) {
            problems.error(new Location(root.toString(), 0), problem);
        }
        tooMany = true;
    }

    static boolean isYaml(Path file) {
        String name = file.toString();
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }
}
