package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Rail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes real jars from sources, compiled as a third party would: against guardrails-api (and SLF4J, if it is there), and
 * nothing of the engine. Needs a JDK. For one thread.
 *
 * @since 0.1
 */
public final class JarBuilder {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, Integer> classVersions = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private final List<Path> libraries = new ArrayList<>();
    private final Manifest manifest = new Manifest();

    public JarBuilder() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A class by its full name; the package declaration is added. */
    public JarBuilder source(String className, String text) {
        int dot = className.lastIndexOf('.');
        sources.put(className, "package " + className.substring(0, dot) + ";\n" + text);
        return this;
    }

    /** Source files as they lie in a folder of a Maven project. */
    public JarBuilder sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String path = folder.relativize(file).toString();
                sources.put(path.replace(".java", "").replace('/', '.'), Files.readString(file));
            }
        }
        return this;
    }

    /** A rail that allows everything, and its service file. */
    public JarBuilder rail(String className, String railName) {
        return source(className, railSource(className, railName, "")).service(Rail.class, className);
    }

    /** A rail with more members, and its service file. */
    public JarBuilder rail(String className, String railName, String members) {
        return source(className, railSource(className, railName, members)).service(Rail.class, className);
    }

    public static String railSource(String className, String railName, String members) {
        return """
            import dev.guardrails4j.api.*;
            import java.util.*;
            public class %s implements Rail {
                %s
                @Override public String name() { return "%s"; }
                @Override public Set<Stage> stages() { return EnumSet.of(Stage.INPUT); }
                @Override public RailCheck configure(RailSetup setup) { return context -> Verdict.allow(); }
            }
            """.formatted(className.substring(className.lastIndexOf('.') + 1), members, railName);
    }

    /** Adds lines to a service file. */
    public JarBuilder service(Class<?> service, String... lines) {
        return service(service.getName(), lines);
    }

    public JarBuilder service(String service, String... lines) {
        String path = "META-INF/services/" + service;
        String before = new String(entries.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
        return resource(path, before + Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n")));
    }

    public JarBuilder resource(String path, String text) {
        entries.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public JarBuilder attribute(Attributes.Name name, String value) {
        manifest.getMainAttributes().put(name, value);
        return this;
    }

    /** Compiles against a jar that does not become part of this one. */
    public JarBuilder with(Path library) {
        libraries.add(library);
        return this;
    }

    /** Compiles a class, and leaves it out. */
    public JarBuilder without(String className) {
        left.add(className);
        return this;
    }

    /** Makes a class look as if it had been compiled for a Java. */
    public JarBuilder forJava(String className, int feature) {
        classVersions.put(className, feature + 44);
        return this;
    }

    public Path writeTo(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Map<String, byte[]> all = new TreeMap<>(entries);
        compile().forEach((name, bytes) -> all.put(name.replace('.', '/') + ".class", patched(name, bytes)));
        for (String name : left) {
            if (all.remove(name.replace('.', '/') + ".class") == null) {
                throw new IllegalStateException("there is no class " + name + " to leave out");
            }
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    private byte[] patched(String className, byte[] bytes) {
        Integer version = classVersions.get(className);
        if (version != null) {
            bytes[6] = (byte) (version >> 8);
            bytes[7] = (byte) version.intValue();
        }
        return bytes;
    }

    private Map<String, byte[]> compile() throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "runs without a JDK");
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
                Memory memory = new Memory(files)) {
            String classPath = Stream.of(Stream.of(placeOf(Rail.class)), loggingApi(), libraries.stream())
                    .flatMap(Function.identity())
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
            List<String> options = List.of("--release", "17", "-proc:none", "-classpath", classPath);
            List<Source> units = sources.entrySet().stream()
                    .map(source -> new Source(source.getKey(), source.getValue()))
                    .toList();
            boolean isCompiled = compiler.getTask(complaints, memory, null, options, null, units)
                    .call();
            if (!isCompiled) {
                throw new IllegalStateException(complaints.toString());
            }
            return memory.classes();
        }
    }

    private static Stream<Path> loggingApi() {
        try {
            return Stream.of(placeOf(Class.forName("org.slf4j.Logger")));
        } catch (ClassNotFoundException e) {
            return Stream.of();
        }
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
