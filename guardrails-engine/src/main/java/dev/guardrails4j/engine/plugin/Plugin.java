package dev.guardrails4j.engine.plugin;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Where rails, actions and model providers come from: a jar, a folder of jars, or the class path. Immutable; safe for use
 * by many threads.
 *
 * @param name the file's or folder's name, as it is shown: {@code "acme-rails.jar"}
 * @param path the file or folder as the operator knows it; empty for what has no place of its own
 * @param origin how it came to be here
 * @param description what it says of itself
 * @param loader the class loader of its classes
 */
public record Plugin(
        String name, Optional<Path> path, Origin origin, PluginDescription description, ClassLoader loader) {

    /** How a plug-in came to be here, in the order in which names are given away: the first to ask has it. */
    public enum Origin {
        /** It is on the application's class path. */
        CLASS_PATH,
        /** It came with the distribution. */
        BUNDLED,
        /** An operator dropped it into a plug-in folder. */
        DROPPED
    }

    /**
     * Runs code of the plug-in with the plug-in's class loader as the thread's context loader, which libraries inside the
     * plug-in use to find their own services and resources. Restores the former context loader in any case.
     *
     * @param work what calls the plug-in
     * @return what {@code work} returned
     * @throws Exception what {@code work} threw
     */
    public <T> T call(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    /** Names the plug-in so that an operator finds it: its path if it has one. */
    String place() {
        return path.map(Path::toString).orElse(name);
    }
}
