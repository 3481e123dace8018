package dev.guardrails4j.engine.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Finds out which class of a service file cannot be linked: the error that {@link java.util.ServiceLoader} lets through
 * names what is missing, not who misses it. Each class is blamed once.
 */
final class UnlinkableClasses {

    private static final int MAX_LINES = 10_000;

    private final ClassLoader loader;
    private final Class<?> service;
    private final Set<String> blamed = new LinkedHashSet<>();

    UnlinkableClasses(ClassLoader loader, Class<?> service) {
        this.loader = loader;
        this.service = service;
    }

    /** The first class not blamed yet that fails in the same way; the service file if there is none. */
    String next(LinkageError thrown) {
        for (String name : names()) {
            if (!blamed.contains(name) && failsWith(thrown, name)) {
                blamed.add(name);
                return name;
            }
        }
        return "a class named in " + PluginJar.servicePath(service);
    }

    private boolean failsWith(LinkageError thrown, String name) {
        try {
            Constructor<?> unused = Class.forName(name, false, loader).getConstructor();
            return false;
        } catch (ReflectiveOperationException e) {
            return false;
        } catch (LinkageError e) {
            return Objects.equals(e.getMessage(), thrown.getMessage());
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (URL file : Collections.list(loader.getResources(PluginJar.servicePath(service)))) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .limit(MAX_LINES)
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .forEach(names::add);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The search has read the same files and reports it; here only a name is at stake.
            return names;
        }
        return names;
    }
}
