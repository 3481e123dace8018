package dev.guardrails4j.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of configurations whose models are at one endpoint. */
final class ConfigRoot {

    /** Rails that ask a judge about what was said and what is answered: {@code INPUT: ...}, {@code OUTPUT: ...}. */
    static final String SELF_CHECKS = """
            rails:
              input: {flows: [self check input]}
              output: {flows: [self check output]}
            prompts:
              - task: self_check_input
                content: 'INPUT: {{ user_input }}'
              - task: self_check_output
                content: 'OUTPUT: {{ bot_response }}'
            """;

    private final Path folder;

    ConfigRoot(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** {@code pass}, {@code checked}, {@code exceptions}, which tells blocks as exceptions, and {@code broken}. */
    static ConfigRoot standard(Path folder, String baseUrl) {
        return new ConfigRoot(folder)
                .config("pass", models(baseUrl))
                .config("checked", models(baseUrl) + SELF_CHECKS)
                .config("exceptions", models(baseUrl) + SELF_CHECKS + "enable_rails_exceptions: true\n")
                .config("broken", models(baseUrl) + "rails: {input: {flows: [self chekc input]}}\n");
    }

    ConfigRoot config(String id, String yaml) {
        return file(id + "/config.yml", yaml);
    }

    /** @param name its path below the root */
    ConfigRoot file(String name, String content) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A main model at an endpoint, asked only once. */
    static String models(String baseUrl) {
        return """
                models:
                  - type: main
                    engine: scripted
                    model: scripted-model
                    parameters: {base_url: '%s', max_attempts: 1}
                """.formatted(baseUrl);
    }
}
