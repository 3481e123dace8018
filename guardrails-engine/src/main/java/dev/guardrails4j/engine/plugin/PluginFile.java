package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A plug-in as it lies in its folder, not yet opened.
 *
 * @param name the file's or folder's name
 * @param path a jar, or a folder of jars
 * @param origin how it came to be here
 */
record PluginFile(String name, Path path, Plugin.Origin origin) {

    private static final int MAX_JARS = 500;

    /** Its jars, sorted by file name: at least one. */
    List<Path> jars() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> jars =
                PluginFolder.entries(path).stream().filter(PluginFolder::isJar).toList();
        if (jars.isEmpty()) {
            throw new PluginFaultException("the folder holds no jar; put the plug-in's jar and those it depends on "
                    + "directly into it, or remove the folder");
        }
        if (jars.size() > MAX_JARS) {
            throw new PluginFaultException("the folder holds " + jars.size() + " jars, more than the " + MAX_JARS
                    + " a plug-in may have; remove those it does not need, or shade them into one");
        }
        return jars;
    }

    /** A jar of this plug-in as the operator knows it: {@code "x.jar"} or {@code "x/dependency.jar"}. */
    String nameOf(Path jar) {
        return jar.equals(path) ? name : name + "/" + PluginFolder.fileName(jar);
    }
}
