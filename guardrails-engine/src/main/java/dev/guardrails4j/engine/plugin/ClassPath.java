package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;

/** The plug-ins of the class path: every jar, and every folder of classes, that brings something. */
final class ClassPath {

    private static final String SOMEWHERE = "class path";

    private final Map<String, Plugin> plugins = new HashMap<>();

    private ClassPath() {}

    /** The application chose these classes itself: they run without time limit, in its own thread. */
    static Findings scan(ClassLoader loader) {
        ClassPath classPath = new ClassPath();
        return new ServiceScan(SOMEWHERE, loader, type -> Optional.of(classPath.owner(type))).run();
    }

    private Plugin owner(Class<?> type) {
        Optional<Path> place = place(type);
        return plugins.computeIfAbsent(
                place.map(Path::toString).orElse(SOMEWHERE),
                key -> new Plugin(
                        place.map(ClassPath::nameOf).orElse(SOMEWHERE),
                        place,
                        Plugin.Origin.CLASS_PATH,
                        place.map(ClassPath::description).orElse(PluginDescription.NONE),
                        type.getClassLoader()));
    }

    /** A folder of classes is called the same in every project: only its path tells them apart. */
    private static String nameOf(Path place) {
        return Files.isDirectory(place) ? place.toString() : PluginFolder.fileName(place);
    }

    /** What is on the class path runs whatever it says of itself. */
    private static PluginDescription description(Path place) {
        if (Files.isDirectory(place)) {
            return PluginDescription.NONE;
        }
        try (JarFile jar = new JarFile(place.toFile(), false)) {
            return PluginManifest.of(PluginFolder.fileName(place), jar).description();
        } catch (IOException | PluginFaultException e) {
            return PluginDescription.NONE;
        }
    }

    private static Optional<Path> place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !"file".equals(location.getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
