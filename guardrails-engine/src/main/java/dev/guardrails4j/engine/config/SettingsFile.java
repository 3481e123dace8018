package dev.guardrails4j.engine.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a file of settings that is no configuration of rails, as strictly as one: bounded YAML with <code>${NAME}</code>. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * The settings of a file.
     *
     * @param environment the value of an environment variable by its name
     * @throws InvalidConfigException if the file cannot be read, is not YAML, or needs a variable that is not set; it names
     *     every problem
     */
    public static NodeSettings read(Path file, Function<String, Optional<String>> environment) {
        Problems problems = new Problems();
        return settings(BoundedFile.read(file, problems), file.toString(), environment, problems);
    }

    /**
     * The settings of a text; fails as {@link #read} does.
     *
     * @param name what to call it in problems
     */
    public static NodeSettings parse(String name, String text, Function<String, Optional<String>> environment) {
        return settings(Optional.of(text), name, environment, new Problems());
    }

    private static NodeSettings settings(
            Optional<String> text, String name, Function<String, Optional<String>> environment, Problems problems) {
        Trust trust = new OperatorTrust(environment);
        Optional<ConfigNode> document = text.flatMap(read -> new YamlReader(problems).read(name, read))
                .map(new EnvironmentReferences(trust, problems)::replace);
        List<Problem> found = problems.inOrder();
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
        return new NodeSettings(document.orElseThrow(), true, trust);
    }
}
