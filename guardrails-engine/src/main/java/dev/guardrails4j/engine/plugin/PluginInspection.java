package dev.guardrails4j.engine.plugin;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What can be told of a jar without running anything in it.
 *
 * @param sha256 the sum by which an allow-list names it
 * @param description what it says of itself
 * @param registered what it offers
 * @param problems why it would not be loaded, or not all of it; empty if nothing is known against it
 */
public record PluginInspection(
        String sha256, PluginDescription description, List<Registered> registered, List<String> problems) {

    private static final int MAX_CLASSES = 1_000;
    private static final int CLASS_FILE = 0xCAFEBABE;
    private static final int CLASS_VERSION_OF_JAVA_0 = 44;

    /**
     * A class that a service file names.
     *
     * @param kind {@code "rail"}, {@code "action"} or {@code "chatmodelprovider"}
     * @param className its name
     * @param java the Java it was compiled for; 0 if the jar does not have it
     */
    public record Registered(String kind, String className, int java) {}

    public PluginInspection {
        registered = List.copyOf(registered);
        problems = List.copyOf(problems);
    }

    /**
     * Looks at a jar.
     *
     * @param trust which jars are let in
     * @throws IOException if the file cannot be read at all
     */
    public static PluginInspection of(Path file, PluginTrust trust) throws IOException {
        PluginJar jar = PluginJar.inPlace(file);
        List<String> problems = new ArrayList<>();
        trust.complaint(jar).ifPresent(problems::add);
        PluginDescription description = PluginDescription.NONE;
        List<Registered> registered = new ArrayList<>();
        try {
            PluginManifest manifest = PluginJar.inspect(List.of(jar));
            description = manifest.description();
            problems.addAll(manifest.complaints());
        } catch (PluginFaultException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        try (JarFile open = new JarFile(file.toFile(), false)) {
            for (Class<?> service : ServiceScan.SERVICES) {
                registered.addAll(registered(open, service));
            }
        } catch (IOException unreadable) {
            // It has been said above.
            return new PluginInspection(jar.sha256(), description, List.of(), problems);
        }
        registered.forEach(one -> complaint(one).ifPresent(problems::add));
        return new PluginInspection(jar.sha256(), description, registered, problems);
    }

    private static Optional<String> complaint(Registered one) {
        if (one.java() == 0) {
            return Optional.of(
                    one.className() + " is not in the jar; add it, or take its name out of the service file");
        }
        int running = Runtime.version().feature();
        return one.java() <= running
                ? Optional.empty()
                : Optional.of(one.className() + " needs Java " + one.java() + ", and Java " + running + " runs");
    }

    private static List<Registered> registered(JarFile jar, Class<?> service) throws IOException {
        ZipEntry names = jar.getEntry(PluginJar.servicePath(service));
        if (names == null) {
            return List.of();
        }
        List<Registered> registered = new ArrayList<>();
        try (InputStream in = jar.getInputStream(names);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                Stream<String> lines = reader.lines()) {
            List<String> classes = lines.limit(MAX_CLASSES)
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
            for (String name : classes) {
                registered.add(new Registered(
                        service.getSimpleName().toLowerCase(Locale.ROOT), Fault.quote(name), javaOf(jar, name)));
            }
        }
        return registered;
    }

    private static int javaOf(JarFile jar, String className) throws IOException {
        ZipEntry entry = jar.getEntry(className.replace('.', '/') + ".class");
        if (entry == null) {
            return 0;
        }
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            if (in.readInt() != CLASS_FILE) {
                return 0;
            }
            in.readUnsignedShort();
            return in.readUnsignedShort() - CLASS_VERSION_OF_JAVA_0;
        }
    }
}
