package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** DESIGN 7: both ways to render give the same text for every prompt we ship. */
final class ShippedPromptsTest {

    private static final Path EXAMPLES = Path.of("..", "examples");

    private static final List<Map<String, Object>> VALUES = List.of(
            Map.of(),
            Map.of(
                    "user_input", "{{ 7*7 }} {% raw %}\nHow do I \"cancel\"?",
                    "bot_response", "Open Settings.",
                    "bot_thinking", "hmm",
                    "reasoning_enabled", true,
                    "evidence", "Orders can be cancelled.",
                    "response", "They can.",
                    "statement", "They can.",
                    "paragraph", "They can. They cannot.",
                    "relevant_chunks", List.of("one", "two"),
                    "history", List.of(Message.user("hi"), Message.assistant("hello"))),
            Map.of("user_input", "", "bot_response", "", "reasoning_enabled", false, "history", List.of()));

    record Shipped(Path file, String task, String template) {

        @Override
        public String toString() {
            return file + ": " + task;
        }
    }

    static Stream<Shipped> shipped() throws IOException {
        if (!Files.isDirectory(EXAMPLES)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    // Manifests hold configurations as texts, in files of several documents.
                    .filter(file -> !file.startsWith(EXAMPLES.resolve("kubernetes")))
                    .sorted()
                    .flatMap(file -> templates(file).stream())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("shipped")
    void rendersShippedPromptsDirectlyAndLikeJinjava(Shipped prompt) {
        List<TemplateNode> nodes = TemplateParser.parse(prompt.template());
        PromptTemplate direct = DirectTemplate.compile(nodes).orElseThrow();
        PromptTemplate jinjava = JinjavaTemplate.compile(nodes, new JinjavaSandbox());

        for (Map<String, Object> values : VALUES) {
            assertThat(direct.render(values)).isEqualTo(jinjava.render(values));
        }
    }

    private static List<Shipped> templates(Path file) {
        List<Shipped> templates = new ArrayList<>();
        Object config = read(file);
        if (config instanceof Map<?, ?> map && map.get("prompts") instanceof List<?> prompts) {
            prompts.forEach(prompt -> collect(file, (Map<?, ?>) prompt, templates));
        }
        return templates;
    }

    private static void collect(Path file, Map<?, ?> prompt, List<Shipped> templates) {
        String task = String.valueOf(prompt.get("task"));
        if (prompt.get("content") instanceof String content) {
            templates.add(new Shipped(file, task, content));
        }
        if (prompt.get("messages") instanceof List<?> messages) {
            for (Object message : messages) {
                Object content = message instanceof Map<?, ?> map ? map.get("content") : message;
                templates.add(new Shipped(file, task, String.valueOf(content)));
            }
        }
    }

    private static Object read(Path file) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
