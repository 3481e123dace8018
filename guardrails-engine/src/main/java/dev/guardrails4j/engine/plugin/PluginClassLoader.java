package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one plug-in. A class comes from the host if its package is on the short list below, from the JDK if the
 * JDK has it, and else from the plug-in's own jars; nothing else of the host is visible, so a plug-in may carry its own
 * version of any library.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
        // A cached connection would keep a jar open for ever after getResource(...).openStream().
        URLConnection.setDefaultUseCaches("jar", false);
    }

    /** What the host and all plug-ins share. Whole packages: the last character is the dot. */
    private static final List<String> HOST_PACKAGES = List.of("dev.guardrails4j.api.", "org.jspecify.", "org.slf4j.");

    private static final List<String> HOST_PATHS =
            HOST_PACKAGES.stream().map(name -> name.replace('.', '/')).toList();

    private static final Logger LOGGER = LoggerFactory.getLogger(PluginClassLoader.class);

    private final ClassLoader host;
    private final AtomicInteger holders = new AtomicInteger();

    /**
     * @param plugin the plug-in's name, which stack traces show
     * @param host has the shared packages
     */
    PluginClassLoader(String plugin, List<PluginJar> jars, ClassLoader host) {
        super(plugin, jars.stream().map(PluginJar::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    /** One more catalogue has the plug-in. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One catalogue less has the plug-in; when none has it any more, nothing can be loaded. */
    void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        try {
            close();
        } catch (IOException e) {
            LOGGER.warn("The jars of plug-in {} could not be closed", getName(), e);
        }
        long left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() == this)
                .count();
        if (left > 0) {
            LOGGER.warn(
                    "The plug-in {} was unloaded, and {} threads that it has started go on: its memory is not freed",
                    getName(),
                    left);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (HOST_PACKAGES.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isHostPath(name) ? host.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isHostPath(name) ? host.getResources(name) : super.getResources(name);
    }

    private static boolean isHostPath(String name) {
        return HOST_PATHS.stream().anyMatch(name::startsWith);
    }
}
