package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 7 and 8: values are never read as template code; templates reach nothing and end. */
@Timeout(60)
final class TemplateSandboxTest {

    private static final List<String> HOSTILE = List.of(
            "{{ 7*7 }}",
            "{% raw %}{{ user_input }}{% endraw %}",
            "{% if true %}x{% endif %}",
            "{# comment #}",
            "{{ ''.__class__.__mro__ }}",
            "{{ user_input }}",
            "${7*7} #{7*7} ${user_input} %{7*7}",
            "}} {{ 1 }} {{",
            "{%",
            "{{ ____int3rpr3t3r____ }}",
            "'\"\\ ~ '",
            "{{ range(100000000) | join }}");

    private final JinjavaSandbox sandbox = new JinjavaSandbox();

    static Stream<String> hostileValues() {
        return HOSTILE.stream();
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void writesValuesVerbatimWhateverTheyLookLike(String value) {
        List<TemplateNode> nodes = TemplateParser.parse("User: {{ user_input }} {{ data.key }} {{ data['list'][0] }}");
        Map<String, Object> variables =
                Map.of("user_input", value, "data", Map.of("key", value, "list", List.of(value)));
        String expected = "User: " + value + " " + value + " " + value;

        assertThat(DirectTemplate.compile(nodes).orElseThrow().render(variables))
                .isEqualTo(expected);
        assertThat(JinjavaTemplate.compile(nodes, sandbox).render(variables)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void writesValuesVerbatimAfterFiltersLoopsAndAssignments(String value) {
        String template = "{% set a = user_input %}{% set b %}{{ a }}{% endset %}{{ b ~ '' }}|"
                + "{% for m in history %}{{ m.content | string | trim }}{% endfor %}|{{ [user_input] | join }}";
        Map<String, Object> variables = Map.of("user_input", value, "history", List.of(Message.user(value)));

        String text =
                JinjavaTemplate.compile(TemplateParser.parse(template), sandbox).render(variables);

        assertThat(text).isEqualTo(value + "|" + value.strip() + "|" + value);
    }

    @Test
    void writesVariablesThatAreNamedAsJinjavaNamesItsOwn() {
        Map<String, Object> variables =
                Map.of("request", "r", "loop", "l", "config", "c", "context", "x", "filter", "f");

        String text = JinjavaTemplate.compile(
                        TemplateParser.parse("{{ request }}{{ loop }}{{ config }}{{ context }}{{ filter }}"), sandbox)
                .render(variables);

        assertThat(text).isEqualTo("rlcxf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.getClass() }}",
                "{{ ''.getClass().forName('java.lang.Runtime') }}",
                "{{ ''['getClass']() }}",
                "{{ user_input.repeat(1000000000) }}",
                "{{ ''.__class__ }}",
                "{{ user_input._secret }}",
                "{{ ____int3rpr3t3r____ }}",
                "{{ __macros__ }}",
                "{{ filter:upper.filter('a', ____int3rpr3t3r____) }}",
                "{{ (user_input)() }}",
                "{{ open('/etc/passwd') }}",
                "{{ type(user_input) }}",
                "{{ fn:list() }}",
                "{{ user_input | attr('class') }}",
                "{{ user_input | regex_replace('(a+)+', '') }}",
                "{% include '/etc/passwd' %}",
                "{% import 'x' as y %}",
                "{% from 'x' import y %}",
                "{% extends 'x' %}",
                "{% macro m() %}{{ m() }}{% endmacro %}",
                "{% call m() %}{% endcall %}",
                "{% block b %}{% endblock %}",
                "{% autoescape %}{% endautoescape %}",
                "{% do x.add(1) %}",
                "{% print x %}",
                "{% filter upper %}x{% endfilter %}"
            })
    void refusesTemplatesThatReachForMoreThanValues(String template) {
        assertThatThrownBy(() -> new TemplateCompiler().compile(template)).isInstanceOf(TemplateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "getClass", "bytes", "blank", "declaringClass"})
    void givesNothingForPropertiesOfJavaObjects(String property) {
        String template = "{% set x = 1 %}[{{ user_input." + property + " }}{{ message['" + property + "'] }}]";

        String text = new TemplateCompiler()
                .compile(template)
                .render(Map.of("user_input", "text", "message", Message.user("hi")));

        assertThat(text).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(100000000) %}x{% endfor %}",
                "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
                "{% for i in range(9000) %}{% for j in range(9000) %}{{ text }}{% endfor %}{% endfor %}",
                "{% set x = 'aaaaaaaaaa' %}{% for i in range(100) %}{% set x = x ~ x %}{% endfor %}{{ x }}",
                "{% set x = 'aaaaaaaaaa' %}{% for i in range(100) %}{% set x = x + x %}{% endfor %}{{ x }}",
                "{% set x = [1] %}{% for i in range(100) %}{% set x = x + x %}{% endfor %}{{ x }}",
                "{% set x = 'ab' %}{% for i in range(60) %}{% set x = x | replace('a', 'aa') %}{% endfor %}{{ x }}",
                "{% set x = ['a'] %}{% for i in range(40) %}{% set x = [x, x] %}{% if loop.last %}{{ x }}{% endif %}{% endfor %}",
                "{% set x = ['a'] %}{% for i in range(40) %}{% set x = [x, x] %}{% if loop.last %}{{ x | tojson }}{% endif %}{% endfor %}",
                "{% set n = namespace(a=1) %}{% set n.me = n %}{{ n }}",
                "{% set n = namespace(a=1) %}{% set n.me = n %}{{ n | tojson }}",
                "{{ range(9000) | join(text) }}"
            })
    void stopsTemplatesThatRunOrGrowWithoutEnd(String template) {
        PromptTemplate compiled = new TemplateCompiler().compile(template);
        Map<String, Object> variables = Map.of("text", "t".repeat(10_000));

        assertThatThrownBy(() -> compiled.render(variables)).isInstanceOf(TemplateException.class);
    }

    @Test
    void stopsDirectTemplatesThatGrowTooLong() {
        PromptTemplate template = new TemplateCompiler().compile("{{ text }}".repeat(5));
        Map<String, Object> variables = Map.of("text", "t".repeat(1_000_000));

        assertThatThrownBy(() -> template.render(variables))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("grows beyond 4000000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ secret - 1 }}",
                "{{ secret / 2 }}",
                "{% for a in number %}{% endfor %}",
                "{{ secret | last_turns(1) | user_assistant_sequence }}",
                "{{ (secret ~ 'x') < 3 }}",
                "{{ number | join }}"
            })
    void neverTellsValuesInErrors(String template) {
        PromptTemplate compiled = new TemplateCompiler().compile(template);
        Map<String, Object> variables = Map.of("secret", "hunter2", "number", 4711);

        assertThat(catchMessages(() -> compiled.render(variables)))
                .noneMatch(message -> message.contains("hunter2") || message.contains("4711"));
    }

    @Test
    void refusesTemplatesThatAreNestedTooDeep() {
        assertThatThrownBy(() ->
                        new TemplateCompiler().compile("{{ " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " }}"))
                .hasMessageContaining("nested more than 50 deep");
        assertThatThrownBy(() -> new TemplateCompiler().compile("{{ " + "not ".repeat(100_000) + "x }}"))
                .hasMessageContaining("more than 1000 words");
        assertThatThrownBy(
                        () -> new TemplateCompiler().compile("{% if x %}".repeat(5_000) + "{% endif %}".repeat(5_000)))
                .hasMessageContaining("nested more than 30 deep");
    }

    @Test
    void rendersOneTemplateInManyThreads() throws InterruptedException {
        PromptTemplate template = new TemplateCompiler()
                .compile("{% for n in names %}{{ loop.index }}{{ n }}{% endfor %}{% set x = id %}{{ x }}");
        List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int id = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    String text = template.render(Map.of("names", List.of("a" + id, "b"), "id", id));
                    if (!text.equals("1a" + id + "2b" + id)) {
                        wrong.add(text);
                    }
                }
            }));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(50).toMillis());
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> catchMessages(Runnable action) {
        List<String> messages = new ArrayList<>();
        try {
            action.run();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                messages.add(String.valueOf(cause.getMessage()));
            }
        }
        assertThat(messages).as("the template fails").isNotEmpty();
        return messages;
    }
}
