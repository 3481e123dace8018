package dev.guardrails4j.server.examples;

import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Opens a configuration of {@code examples/configs} as it is, but for its servers, which are all a scripted one. */
final class ExampleConfig {

    private static final Path EXAMPLES = Path.of("../examples/configs");

    private ExampleConfig() {}

    /**
     * Opens it.
     *
     * @param edit what else is changed of each of its files
     * @param folder where the changed files are written
     */
    static Guardrails open(String id, UnaryOperator<String> edit, ScriptedUpstream upstream, Path folder)
            throws IOException {
        String here = upstream.baseUrl().replace("/v1", "");
        try (Stream<Path> files = Files.list(EXAMPLES.resolve(id))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replaceAll("http://localhost:\\d+", here)
                        .replaceAll(
                                "(?m)^    engine: (nim|openai)\n",
                                "    engine: vllm_openai\n    parameters: {base_url: " + here + "/v1}\n");
                Files.writeString(folder.resolve(file.getFileName()), edit.apply(text));
            }
        }
        return Guardrails.fromPath(folder);
    }
}
