package dev.guardrails4j.engine.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configurations for tests, in an environment that has two variables. */
final class Reading {

    static final Map<String, String> ENVIRONMENT = Map.of("MODEL_KEY", "s3cret", "HOST", "gpu-1", "BLANK", " ");

    private Reading() {}

    static ConfigLoader loader() {
        return new ConfigLoader(name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    static LoadedConfig parse(String yaml) {
        return loader().parse("config.yml", yaml);
    }

    /** The configuration, which must have no problem at all. */
    static RailsConfig sound(String yaml) {
        LoadedConfig loaded = parse(yaml);
        if (!loaded.problems().isEmpty()) {
            throw new AssertionError("not sound: " + loaded.problems());
        }
        return loaded.config();
    }

    static List<String> problems(String yaml) {
        return texts(parse(yaml).problems());
    }

    static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    /** Writes a file with all the folders it needs. */
    static Path write(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
