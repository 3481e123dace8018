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
        Trust trust = new OperatorTrust(environment);
        Optional<ConfigNode> document = BoundedFile.read(file, problems)
                .flatMap(text -> new YamlReader(problems).read(file.toString(), text))
                .map(new EnvironmentReferences(trust, problems)::replace);
        List<Problem> found = problems.inOrder();
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
        return new NodeSettings(document.orElseThrow(), true, trust);
    }
}
