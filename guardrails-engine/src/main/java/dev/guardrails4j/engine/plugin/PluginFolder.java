package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that plug-ins are dropped into: {@code x.jar} is a plug-in, {@code x/*.jar} is a plug-in with its own
 * dependencies. Files that begin with a dot or end in {@code .tmp}, and files that are no jars, are passed over.
 *
 * @param path the folder; one that does not exist holds no plug-ins
 * @param origin what the plug-ins in it are
 */
public record PluginFolder(Path path, Plugin.Origin origin) {

    private static final Logger LOGGER = LoggerFactory.getLogger(PluginFolder.class);

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
            } else if (!fileName(entry).equals("README.md")) {
                LOGGER.info("passing over {}: not a jar", entry);
            }
        }
        return files;
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
