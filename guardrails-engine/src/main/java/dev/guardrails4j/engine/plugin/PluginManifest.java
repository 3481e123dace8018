package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * What a jar says of itself, read before any class of it is loaded.
 *
 * @param description what it says
 * @param complaints what is wrong with it, and keeps nothing from being used
 */
record PluginManifest(PluginDescription description, List<String> complaints) {

    static final String PATH = "META-INF/guardrails/plugin.yml";
    private static final int MAX_BYTES = 64 * 1024;

    /** @throws PluginFaultException if it cannot be read, or says that the plug-in does not fit this server */
    static PluginManifest of(String name, JarFile jar) throws IOException {
        Attributes attributes = Optional.ofNullable(jar.getManifest())
                .map(manifest -> manifest.getMainAttributes())
                .orElseGet(Attributes::new);
        ZipEntry entry = jar.getEntry(PATH);
        if (entry == null) {
            return new PluginManifest(or(PluginDescription.NONE, attributes), List.of());
        }
        try {
            NodeSettings said = SettingsFile.parse(PATH, text(jar, entry), variable -> Optional.empty());
            PluginDescription description = or(description(said), attributes);
            description.api().flatMap(ApiVersion::complaint).ifPresent(complaint -> {
                throw new PluginFaultException(name + " " + complaint);
            });
            return new PluginManifest(
                    description,
                    said.unreadKeys().stream()
                            .map(problem -> inJar(name, problem))
                            .toList());
        } catch (InvalidConfigException e) {
            throw new PluginFaultException(
                    e.problems().stream().map(problem -> inJar(name, problem)).collect(Collectors.joining("; ")));
        }
    }

    static boolean isIn(JarFile jar) {
        return jar.getEntry(PATH) != null;
    }

    private static PluginDescription description(NodeSettings said) {
        return new PluginDescription(
                text(said, "name"),
                text(said, "version"),
                text(said, "description"),
                text(said, "vendor"),
                text(said, "homepage"),
                text(said, "api"));
    }

    private static Optional<String> text(NodeSettings said, String key) {
        return shown(said.string(key, ""));
    }

    /** What {@code plugin.yml} does not say, the usual attributes of the manifest may. */
    private static PluginDescription or(PluginDescription said, Attributes attributes) {
        return new PluginDescription(
                said.name().or(() -> shown(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE))),
                said.version().or(() -> shown(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION))),
                said.description(),
                said.vendor().or(() -> shown(attributes.getValue(Attributes.Name.IMPLEMENTATION_VENDOR))),
                said.homepage(),
                said.api());
    }

    private static Optional<String> shown(@Nullable String text) {
        return Optional.ofNullable(text).map(Fault::quote).filter(line -> !line.isEmpty());
    }

    private static String text(JarFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new PluginFaultException(PATH + " is longer than " + MAX_BYTES / 1024 + " KiB; shorten it");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PluginFaultException(PATH + " is not a text in UTF-8; save it as one");
        }
    }

    private static String inJar(String name, Problem problem) {
        return name + "!/" + problem.location() + ": " + problem.message();
    }
}
