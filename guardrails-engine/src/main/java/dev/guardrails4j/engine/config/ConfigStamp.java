package dev.guardrails4j.engine.config;

import dev.guardrails4j.engine.watch.FileStamp;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be seen of a configuration folder without reading its files. It differs once a file that {@link FolderReader}
 * reads was written, or any that it would find was added, removed or replaced.
 */
final class ConfigStamp extends SimpleFileVisitor<Path> {

    private static final String UNREAD = "unread";

    private final Path root;
    private final Map<String, Object> stamps = new TreeMap<>();

    private ConfigStamp(Path root) {
        this.root = root;
    }

    /** What is seen now. Never throws: a folder that cannot be looked at has a stamp as well. */
    static Object of(Path folder) {
        ConfigStamp stamp = new ConfigStamp(folder);
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), FolderReader.MAX_DEPTH, stamp);
        } catch (IOException failure) {
            return failure.getClass().getName();
        }
        RailsIgnore.files(folder).forEach(file -> stamp.stamps.put(file.toString(), FileStamp.of(file)));
        return stamp.stamps;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isHidden(folder) && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        return add(file);
    }

    /** A link that leads in a circle or to nothing, or what went away just now. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root)) {
            throw failure;
        }
        return add(file);
    }

    private FileVisitResult add(Path file) {
        if (!isHidden(file)) {
            stamps.put(file.toString(), isRead(file) ? FileStamp.of(file) : UNREAD);
        }
        return stamps.size() > FolderReader.MAX_ENTRIES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** A log or a database that somebody keeps there changes all the time, and means nothing. */
    private static boolean isRead(Path file) {
        return FolderReader.isYaml(file) || UnsupportedFiles.isRead(file);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }
}
