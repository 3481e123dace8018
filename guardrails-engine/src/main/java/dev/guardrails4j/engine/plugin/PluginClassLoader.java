package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one plug-in. A class comes from the host if its package is on the short list below, from the JDK if the
 * JDK has it, and else from the plug-in's own jars; nothing else of the host is visible, so a plug-in may carry its own
 * version of any library. What would stop the JVM is led elsewhere, {@link ExitRewriter}, but in what came with the distribution.
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

    private static final int MOST_NAMES = 10;

    private static final Logger LOGGER = LoggerFactory.getLogger(PluginClassLoader.class);

    private final ClassLoader host;
    /** Those whose classes are read for what would stop the JVM. */
    private final List<JarFile> jars = new ArrayList<>();

    private final AtomicInteger holders = new AtomicInteger();

    /**
     * @param plugin what the jars are of; stack traces show its name
     * @param host has the shared packages
     */
    PluginClassLoader(PluginFile plugin, List<PluginJar> jars, ClassLoader host) throws IOException {
        super(
                plugin.name(),
                jars.stream().map(PluginJar::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
        this.host = host;
        if (plugin.origin() == Plugin.Origin.BUNDLED) {
            return;
        }
        for (PluginJar jar : jars) {
            // Signatures are verified where classes are defined.
            this.jars.add(new JarFile(jar.copy().toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
        }
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
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() == this)
                .map(thread -> "'" + thread.getName() + "'")
                .sorted()
                .limit(MOST_NAMES)
                .toList();
        if (!left.isEmpty()) {
            LOGGER.warn(
                    "The plug-in {} was unloaded, and threads that it has started go on: its memory is not freed before "
                            + "they end: {}",
                    getName(),
                    String.join(", ", left));
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (HOST_PACKAGES.stream().anyMatch(name::startsWith) || name.equals(DeniedExit.class.getName())) {
            return host.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Optional<byte[]> rewritten;
        try {
            rewritten = withoutExit(name.replace('.', '/') + ".class");
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(name + " cannot be read from plug-in " + getName(), e);
        }
        return rewritten.isPresent() ? define(name, rewritten.get()) : super.findClass(name);
    }

    /** Empty for a class that is as it should be, or not there. */
    private Optional<byte[]> withoutExit(String path) throws IOException {
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(path);
            if (entry != null) {
                try (InputStream stream = jar.getInputStream(entry)) {
                    return ExitRewriter.rewrite(stream.readAllBytes());
                }
            }
        }
        return Optional.empty();
    }

    /** As the class loader above would: a package has its jar's manifest, and all classes of one have the same signers. */
    private Class<?> define(String name, byte[] classFile) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            JarURLConnection connection = (JarURLConnection)
                    Objects.requireNonNull(findResource(path)).openConnection();
            try (JarFile jar = connection.getJarFile();
                    InputStream whole = connection.getInputStream()) {
                whole.transferTo(OutputStream.nullOutputStream());
                String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
                definePackageOnce(packageName, jar.getManifest(), connection.getJarFileURL());
                CodeSource source = new CodeSource(
                        connection.getJarFileURL(), connection.getJarEntry().getCodeSigners());
                return defineClass(name, classFile, 0, classFile.length, source);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read from plug-in " + getName(), e);
        }
    }

    private void definePackageOnce(String name, @Nullable Manifest manifest, URL jar) {
        if (!name.isEmpty() && getDefinedPackage(name) == null) {
            try {
                if (manifest == null) {
                    definePackage(name, null, null, null, null, null, null, null);
                } else {
                    definePackage(name, manifest, jar);
                }
            } catch (IllegalArgumentException e) {
                LOGGER.trace("Another thread has defined the package {} meanwhile", name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (JarFile jar : jars) {
            jar.close();
        }
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
