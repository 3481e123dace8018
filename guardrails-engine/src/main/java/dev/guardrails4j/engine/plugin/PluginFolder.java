package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.engine.watch.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that plug-ins are dropped into: {@code x.jar} is a plug-in, {@code x/*.jar} is a plug-in with its own
 * dependencies. Files that begin with a dot or end in {@code .tmp}, and files that are no jars, are passed over.
 *
 * @param path the folder; one that does not exist holds no plug-ins
 * @param origin what the plug-ins in it are
 */
public record PluginFolder(Path path, Plugin.Origin origin) {

    /** The plug-ins in the folder, sorted by file name. */
    List<PluginFile> files() throws IOException {
        if (Files.notExists(path)) {
            return List.of();
        }
        if (!Files.isDirectory(path)) {
            throw new PluginFaultException(path + " is not a folder; name the folder that the jars are in");
        }
        List<PluginFile> files = new ArrayList<>();
        for (Path entry : entries(path)) {
            if (isJar(entry) || Files.isDirectory(entry)) {
                files.add(new PluginFile(fileName(entry), entry, origin));
            }
        }
        return files;
    }

    /** What is in the folder and no plug-in. */
    List<Path> passedOver() throws IOException {
        return Files.isDirectory(path)
                ? entries(path).stream()
                        .filter(entry -> !isJar(entry)
                                && !Files.isDirectory(entry)
                                && !fileName(entry).equals("README.md"))
                        .toList()
                : List.of();
    }

    /** What can be seen of the jars without reading them, by their paths; of what cannot be looked at, why. */
    Map<String, Object> stamps() {
        Map<String, Object> stamps = new HashMap<>();
        try {
            for (PluginFile file : files()) {
                // That a folder is there, empty or not, is to be seen as well; what else is in it beside jars is not.
                stamps.put(
                        file.path().toString(), Files.isDirectory(file.path()) ? "folder" : FileStamp.of(file.path()));
                if (Files.isDirectory(file.path())) {
                    entries(file.path()).stream()
                            .filter(PluginFolder::isJar)
                            .forEach(jar -> stamps.put(jar.toString(), FileStamp.of(jar)));
                }
            }
        } catch (IOException | UncheckedIOException | PluginFaultException e) {
            stamps.put(path.toString(), e.getClass().getName());
        }
        return stamps;
    }

    /** What is in a folder, sorted by file name, without what an editor or a running copy leaves there. */
    static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            !fileName(entry).startsWith(".") && !fileName(entry).endsWith(".tmp"))
                    .sorted(Comparator.comparing(PluginFolder::fileName))
                    .toList();
        }
    }

    static boolean isJar(Path entry) {
        return fileName(entry).toLowerCase(Locale.ROOT).endsWith(".jar") && !Files.isDirectory(entry);
    }

    static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
