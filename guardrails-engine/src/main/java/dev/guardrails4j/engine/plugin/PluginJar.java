package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.Rail;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;

/**
 * A jar of a plug-in, looked into before any class of it is loaded: {@link java.util.ServiceLoader} says nothing at all
 * about a truncated jar or one without service files.
 *
 * @param name the jar as the operator knows it
 * @param copy the private copy that classes are loaded from; the jar itself, if it came with the distribution
 * @param sha256 the sum of its bytes, in lower case; empty if it came with the distribution
 */
record PluginJar(String name, Path copy, String sha256) {

    private static final long MAX_UNPACKED_BYTES = 4 * PrivateCopies.MAX_JAR_BYTES;

    /** A jar that is only looked at, where it lies. */
    static PluginJar inPlace(Path jar) throws IOException {
        return new PluginJar(PluginFolder.fileName(jar), jar, PrivateCopies.sha256(jar));
    }

    /**
     * A jar that came with the distribution, used where it lies, as the program's own are: it is trusted and stays as it is
     * while the program runs. To read all of it twice at every start would be a good part of the start.
     */
    static PluginJar bundled(String name, Path jar) {
        return new PluginJar(name, jar, "");
    }

    /**
     * Refuses jars that cannot be a plug-in.
     *
     * @return what the first of them that offers something says of itself
     */
    static PluginManifest inspect(List<PluginJar> jars) {
        List<PluginManifest> offering = new ArrayList<>();
        for (PluginJar jar : jars) {
            jar.inspect().ifPresent(offering::add);
        }
        if (offering.isEmpty()) {
            throw new PluginFaultException(
                    "it offers nothing: there is no " + servicePath(Rail.class) + " (nor one for "
                            + Action.class.getSimpleName() + " or " + ChatModelProvider.class.getSimpleName()
                            + ") in it; add that file, with the names of the plug-in's classes, one a line");
        }
        return offering.get(0);
    }

    /**
     * Refuses a jar with an entry that is not what the jar says it is: one that was overwritten in place and not to the end
     * may well have a whole directory, and fail when a class is needed at last.
     */
    void requireWhole() {
        byte[] buffer = new byte[64 * 1024];
        long left = MAX_UNPACKED_BYTES;
        try (JarFile jar = new JarFile(copy.toFile(), false)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                CRC32 sum = new CRC32();
                try (InputStream in = jar.getInputStream(entry)) {
                    for (int read = in.read(buffer); read >= 0 && left >= 0; read = in.read(buffer)) {
                        sum.update(buffer, 0, read);
                        left -= read;
                    }
                }
                if (left < 0) {
                    throw new PluginFaultException(name + " holds more than the " + (MAX_UNPACKED_BYTES >> 20)
                            + " MiB a jar may hold unpacked; move large data out of the jar");
                }
                if (sum.getValue() != entry.getCrc()) {
                    throw incomplete("its entry " + Fault.quote(entry.getName()) + " is damaged");
                }
            }
        } catch (IOException e) {
            throw incomplete(Fault.quote(e.getMessage()));
        }
    }

    private PluginFaultException incomplete(String why) {
        return new PluginFaultException(name + " is not a jar that can be read (" + why
                + "): truncated, or still being copied when it was read; "
                + "copy it anew. It is read again when it changes and changes are watched, else at the next start");
    }

    static String servicePath(Class<?> service) {
        return "META-INF/services/" + service.getName();
    }

    URL url() {
        try {
            return copy.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every path has a URL", e);
        }
    }

    /** What the jar says of itself, if it has a service file; throws if it is not a jar that can be used. */
    private Optional<PluginManifest> inspect() {
        try (JarFile jar = new JarFile(copy.toFile(), false)) {
            requireSelfContained(jar.getManifest());
            boolean offers =
                    ServiceScan.SERVICES.stream().anyMatch(service -> jar.getEntry(servicePath(service)) != null);
            return offers ? Optional.of(PluginManifest.of(name, jar)) : Optional.empty();
        } catch (IOException e) {
            throw incomplete(Fault.quote(e.getMessage()));
        }
    }

    /** A jar that names others by absolute path would load what nobody dropped here. Siblings it names do not exist. */
    private void requireSelfContained(Manifest manifest) {
        String classPath =
                manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null && (classPath.contains(":") || classPath.contains("..") || classPath.startsWith("/"))) {
            throw new PluginFaultException(
                    name + " reaches outside of the plug-in by Class-Path in its manifest; remove "
                            + "the entry and put the jars it names into the plug-in's folder");
        }
    }
}
