package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that are damaged or made up by chance, for the two renderers that there are. */
@DisplayName("Issue 7: no template makes the server fail, hang or tell values, and both renderers agree")
class FuzzedTemplatesTest {

    private static final String CANARY = "canary8c1f";

    private static final List<String> SAMPLES = List.of(
            "Bot said: \"{{ bot_response }}\"{% if thinking %} thinking {{ thinking }}{% endif %} after {{ user_input }}.\n",
            "{%- if not flag -%}\n  off \n{%- elif count == 3 and names or 'x' in names -%}{{ names[1:] | length }}{%- endif -%}\n tail",
            "{{ history | user_assistant_sequence | indent(2) }}\n{{ history[0].content }}{{ policy['tags'][-1] }}",
            "{{ names | join(', ') }} {{ policy | tojson(indent=2) }} {{ user_input | truncate(10, true, '~', 0) }} {{ '4.7' | int }}",
            "{% for m in history -%}\n  {{ loop.index }}: {{ m['content'] | upper }}\n{%- endfor %}{% for k, v in policy.items() %}{{ k }}{% endfor %}",
            "{% set ns = namespace(found=false) %}{% for n in names %}{% if n == 'Bob' %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }}",
            "{# comment #} a {%- raw %} {{ not }} {%- endraw -%} {{ 'a' ~ count + 1 // 2 }} {{ [1, {'a': true}] }} {{ 'a' if x else 'b' }}",
            "{{ user_input | replace('o', '0', 1) | trim }}{{ nothing | default('d') }}{% set b %}{{ 7 % 3 }}{% endset %}{{ b }}");

    private static final List<String> TOKENS = List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{%-",
            "-%}",
            "{{-",
            "-}}",
            "{% if ",
            "{% elif ",
            "{% else %}",
            "{% endif %}",
            "{% for x in ",
            "{% endfor %}",
            "{% set x = ",
            "{% raw %}",
            "{% endraw %}",
            "{% macro f(x) %}",
            "{% include 'x' %}",
            "{% import 'x' as y %}",
            "{% extends 'x' %}",
            "{% call f() %}",
            "{% do x %}",
            "{% block b %}",
            "{% filter upper %}",
            "{% print x %}",
            "{% unless x %}",
            "{% cycle 1, 2 %}",
            "user_input",
            "history",
            "names",
            "policy",
            "count",
            "nothing",
            " | ",
            "upper",
            "lower",
            "length",
            "join",
            "tojson",
            "indent(99999999)",
            "center(99999999)",
            "replace('', 'xxxxxxxxx')",
            "default(",
            "truncate(-1)",
            "int",
            "list",
            "map(attribute='x')",
            "sort",
            "range(9999999)",
            "last_turns(-5)",
            " is ",
            " is not ",
            "defined",
            "none",
            " in ",
            " not ",
            " and ",
            " or ",
            " == ",
            " < ",
            " + ",
            " - ",
            " * 99999999",
            " ** ",
            " // 0",
            " % 0",
            " / ",
            "~",
            ".",
            "[",
            "]",
            "(",
            ")",
            "((((((((((((((((((((",
            "[[[[[[[[[[",
            "{",
            "}",
            ",",
            ":",
            "=",
            "'",
            "\"",
            "\\",
            "1",
            "-1",
            "1e999",
            "99999999999999999999",
            "0x1",
            ".class",
            ".__class__",
            ".getClass()",
            "[0]",
            "['x']",
            "[1:-1]",
            "loop.index",
            "true",
            "none",
            "#{7*7}",
            "${7*7}",
            "____int3rpr3t3r____",
            "not not not not ",
            "\n",
            "empty ",
            " div ",
            " eq ",
            "null",
            " && ",
            "!",
            " ? ");

    private static final Map<String, Object> VALUES = Map.of(
            "user_input",
            "Hello {{ 7*7 }} " + CANARY,
            "bot_response",
            "No.",
            "thinking",
            "",
            "flag",
            false,
            "count",
            3,
            "names",
            List.of("Ann", "Bob", CANARY),
            "policy",
            Map.of("title", CANARY, "tags", List.of("a", "b")),
            "history",
            List.of(Message.user("Hi " + CANARY), Message.assistant("Hello")));

    private final JinjavaSandbox sandbox = new JinjavaSandbox();

    @Test
    void everyTemplateIsRenderedAlikeOrRefused() {
        Fuzzer.check(2_500, FuzzedTemplatesTest::template, template -> {
            List<TemplateNode> nodes;
            Optional<PromptTemplate> direct;
            try {
                nodes = TemplateParser.parse(template);
                direct = DirectTemplate.compile(nodes);
            } catch (TemplateException refused) {
                assertTellsNothing(refused);
                return;
            }
            Optional<PromptTemplate> jinjava = compiled(nodes);
            Optional<String> text = jinjava.flatMap(FuzzedTemplatesTest::rendered);
            if (direct.isPresent()) {
                assertThat(jinjava)
                        .as("what Jinjava refuses of what is rendered directly")
                        .isPresent();
                assertThat(rendered(direct.get())).isEqualTo(text);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ names | join('/' , ) }}", "{{ names | join('/',\r\n) }}"})
    void bothRenderersTakeACommaBeforeAClosingBracketAsJinja2Does(String template) {
        List<TemplateNode> nodes = TemplateParser.parse(template);

        assertThat(DirectTemplate.compile(nodes).flatMap(FuzzedTemplatesTest::rendered))
                .contains("Ann/Bob/" + CANARY);
        assertThat(compiled(nodes).flatMap(FuzzedTemplatesTest::rendered)).contains("Ann/Bob/" + CANARY);
    }

    @Test
    void bothRenderersRefuseAnArgumentThatIsNamedByAString() {
        List<TemplateNode> nodes = TemplateParser.parse("{{ names | join('d'='/') }}");

        assertThat(DirectTemplate.compile(nodes)).isEmpty();
        assertThat(compiled(nodes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"div", "empty", "eq", "ge", "gt", "instanceof", "le", "lt", "mod", "ne"})
    void bothRenderersTakeForANameWhatIsAWordOfJavasExpressionsOnly(String name) {
        List<TemplateNode> nodes =
                TemplateParser.parse("{{ " + name + " | upper }}{% if not " + name + " %}x{% endif %}");
        Map<String, Object> values = Map.of(name, "value");

        assertThat(DirectTemplate.compile(nodes).orElseThrow().render(values)).isEqualTo("VALUE");
        assertThat(JinjavaTemplate.compile(nodes, sandbox).render(values)).isEqualTo("VALUE");
    }

    @Test
    void listsMayEndWithACommaWhereverTheyAreWritten() {
        List<TemplateNode> nodes =
                TemplateParser.parse("{% for n in [1, 2, ] %}{{ n }}{% endfor %}{{ {'a': [1,],}.a | length }}");

        assertThat(compiled(nodes).flatMap(FuzzedTemplatesTest::rendered)).contains("121");
    }

    private static String template(SeededRandom random) {
        return random.oneIn(3)
                ? random.textOf(TOKENS, 25)
                : random.damaged(random.oneOf(SAMPLES) + random.oneOf(SAMPLES), TOKENS);
    }

    private Optional<PromptTemplate> compiled(List<TemplateNode> nodes) {
        try {
            return Optional.of(JinjavaTemplate.compile(nodes, sandbox));
        } catch (TemplateException refused) {
            assertTellsNothing(refused);
            return Optional.empty();
        }
    }

    private static Optional<String> rendered(PromptTemplate template) {
        try {
            String text = template.render(VALUES);
            assertThat(text.length()).isLessThanOrEqualTo(BoundedText.MAX_LENGTH);
            return Optional.of(text);
        } catch (TemplateException refused) {
            assertTellsNothing(refused);
            return Optional.empty();
        }
    }

    private static void assertTellsNothing(TemplateException refused) {
        assertThat(refused.describe()).isNotBlank().doesNotContain(CANARY);
    }
}
