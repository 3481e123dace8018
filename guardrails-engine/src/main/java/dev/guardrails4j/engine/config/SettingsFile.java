package dev.guardrails4j.engine.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a file of settings that is no configuration of rails, as strictly as one: bounded YAML with <code>${NAME}</code>. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * The settings of a file, and what is said in place of them.
     *
     * @param file if there is one
     * @param overrides the later one wins; a list replaces a list
     * @param environment the value of an environment variable by its name
     * @throws InvalidConfigException if the file cannot be read, it or an override is not YAML, or one needs a variable that
     *     is not set; it names every problem
     */
    public static NodeSettings read(
            Optional<Path> file, List<SettingOverride> overrides, Function<String, Optional<String>> environment) {
        Problems problems = new Problems();
        Trust trust = new OperatorTrust(environment, AllowedHosts.ANY);
        Stream<Optional<ConfigNode>> written =
                file.stream().map(path -> document(BoundedFile.read(path, problems), path.toString(), trust, problems));
        Stream<Optional<ConfigNode>> said = overrides.stream()
                .map(override -> document(Optional.of(override.yaml()), override.origin(), trust, problems));
        Optional<ConfigNode> whole =
                Stream.concat(written, said).flatMap(Optional::stream).reduce(SettingsFile::over);
        throwIfAny(problems);
        return whole.map(node -> new NodeSettings(node, true, trust)).orElse(NodeSettings.NONE);
    }

    /** Of two sections, the keys of both; of anything else, what stands above. */
    private static ConfigNode over(ConfigNode below, ConfigNode above) {
        if (!below.isMap() || !above.isMap()) {
            return above;
        }
        Map<String, ConfigNode> entries = new LinkedHashMap<>(below.entries());
        above.entries().forEach((key, value) -> entries.merge(key, value, SettingsFile::over));
        return new ConfigNode(Collections.unmodifiableMap(entries), below.path(), below.location());
    }

    /**
     * The settings of a text; fails as {@link #read} does.
     *
     * @param name what to call it in problems
     */
    public static NodeSettings parse(String name, String text, Function<String, Optional<String>> environment) {
        Problems problems = new Problems();
        Trust trust = new OperatorTrust(environment, AllowedHosts.ANY);
        Optional<ConfigNode> document = document(Optional.of(text), name, trust, problems);
        throwIfAny(problems);
        return new NodeSettings(document.orElseThrow(), true, trust);
    }

    private static Optional<ConfigNode> document(Optional<String> text, String name, Trust trust, Problems problems) {
        return text.flatMap(read -> new YamlReader(problems).read(name, read))
                .map(new EnvironmentReferences(trust, problems)::replace);
    }

    private static void throwIfAny(Problems problems) {
        List<Problem> found = problems.inOrder();
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
    }
}
