package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN 7: the direct renderer and Jinjava give the same text, and it is the one that Jinja2 gives (templates.py). */
final class TemplateEqualityTest {

    private static final JsonNode CORPUS = read();
    private static final JinjavaSandbox SANDBOX = new JinjavaSandbox();

    record Case(String template, String valuesName, boolean isDirect, Optional<String> expected) {

        Map<String, Object> values() {
            return valuesOf(valuesName);
        }

        @Override
        public String toString() {
            return valuesName + ": " + template;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        CORPUS.get("cases")
                .forEach(node -> CORPUS.get("values").fieldNames().forEachRemaining(name -> {
                    Optional<String> expected =
                            Optional.ofNullable(node.get("expected").get(name)).map(JsonNode::asText);
                    cases.add(new Case(
                            node.get("template").asText(),
                            name,
                            node.get("direct").asBoolean(),
                            expected));
                }));
        return cases.stream();
    }

    static Stream<Case> directCases() {
        return cases().filter(Case::isDirect);
    }

    @ParameterizedTest
    @MethodSource("directCases")
    void rendersSimpleTemplatesDirectlyAsJinja2Does(Case simple) {
        PromptTemplate template =
                DirectTemplate.compile(TemplateParser.parse(simple.template())).orElseThrow();

        String text = template.render(simple.values());

        simple.expected().ifPresent(expected -> assertThat(text).isEqualTo(expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersEveryTemplateWithJinjavaAsJinja2Does(Case any) {
        PromptTemplate template = JinjavaTemplate.compile(TemplateParser.parse(any.template()), SANDBOX);

        String text = template.render(any.values());

        any.expected().ifPresent(expected -> assertThat(text).isEqualTo(expected));
    }

    @ParameterizedTest
    @MethodSource("directCases")
    void givesTheSameTextWhateverRendersIt(Case simple) {
        List<TemplateNode> nodes = TemplateParser.parse(simple.template());

        String direct = DirectTemplate.compile(nodes).orElseThrow().render(simple.values());
        String jinjava = JinjavaTemplate.compile(nodes, SANDBOX).render(simple.values());

        assertThat(direct).isEqualTo(jinjava);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> valuesOf(String name) {
        Map<String, Object> values = new LinkedHashMap<>(
                new ObjectMapper().convertValue(CORPUS.get("values").get(name), Map.class));
        values.computeIfPresent(
                "history",
                (key, history) -> ((List<Map<String, String>>) history)
                        .stream()
                                .map(turn ->
                                        Message.of(Role.valueOf(turn.get("role").toUpperCase()), turn.get("content")))
                                .toList());
        return values;
    }

    private static JsonNode read() {
        try (InputStream json = TemplateEqualityTest.class.getResourceAsStream("/prompt/templates.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
