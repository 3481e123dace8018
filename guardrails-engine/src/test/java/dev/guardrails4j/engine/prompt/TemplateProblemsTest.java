package dev.guardrails4j.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a\n{{ x`                                   | `line 2 of the template: '{{' is not closed; end it with '}}', and close every quote and bracket`",
                "`{{ 'x }}`                                  | `line 1 of the template: '{{' is not closed; end it with '}}', and close every quote and bracket`",
                "`a\n\n{% if x`                              | `line 3 of the template: '{%' is not closed; end it with '%}', and close every quote and bracket`",
                "`{# comment`                                | `line 1 of the template: the comment '{#' is not closed; end it with '#}'`",
                "`{% raw %} x`                               | `line 1 of the template: {% raw %} is not closed; end it with {% endraw %}`",
                "`{{ }}`                                     | `line 1 of the template: an expression is missing`",
                "`{% if %}{% endif %}`                       | `line 1 of the template: an expression is missing`",
                "`{{ a ! b }}`                               | `line 1 of the template: unexpected '!'`",
                "`{{ (a }}`                                  | `line 1 of the template: '{{' is not closed; end it with '}}', and close every quote and bracket`",
                "`{{ a) }}`                                  | `line 1 of the template: unexpected ')'`",
                "`{{ '\\x41' }}`                             | `line 1 of the template: unknown escape '\\x' in a string; known are \\\\ \\' \\\" \\n \\t \\r`",
                "`{{ a | }}`                                 | `line 1 of the template: '|' is to be followed by the name of a filter`",
                "`{{ a | last_turns }}`                      | `line 1 of the template: filter 'last_turns' takes (n), of which the first 1 must be given`",
                "`{{ a | upper(1) }}`                        | `line 1 of the template: filter 'upper' takes no arguments`",
                "`{{ a | join(x=1) }}`                       | `line 1 of the template: filter 'join' has no argument 'x'; it takes at most (d, attribute)`",
                "`{{ a.b() }}`                               | `line 1 of the template: method 'b' is not available in templates; use a filter`",
                "`{{ lipsum() }}`                            | `line 1 of the template: unknown function 'lipsum'; known are namespace, range`",
                "`\n{% endif %}`                             | `line 2 of the template: unexpected {% endif %}: nothing that it belongs to is open`",
                "`{% if a %}{% endfor %}`                    | `line 1 of the template: {% endfor %} where {% endif %} is due`",
                "`{% if a %}{% else %}{% elif b %}{% endif %}` | `line 1 of the template: {% elif %} where {% endif %} is due`",
                "`{% if a %}{% else if b %}{% endif %}`      | `line 1 of the template: unexpected 'if b' after 'else'; write {% elif %}`",
                "`{% for a b %}{% endfor %}`                 | `line 1 of the template: {% for %} is written {% for item in list %}`",
                "`{% for a in b if a %}{% endfor %}`         | `line 1 of the template: a condition in {% for %} is not available; put an {% if %} into the loop`",
                "`{% for a in b %}{% else %}{% endfor %}`    | `line 1 of the template: {% else %} of a {% for %} is not available; test the list with {% if %}`",
                "`{% set a b = 1 %}`                         | `line 1 of the template: {% set %} is written {% set name = value %}, or {% set name %} ... {% endset %}`",
                "`{% while x %}`                             | `line 1 of the template: unknown or unavailable tag 'while'; available are if, for, set and raw`",
                "`a\n{{ a b }}`                              | `line 2 of the template: 'a b' cannot be read: found 'b' where there should be the end`"
            })
    void tellsWhatIsWrongAndWhere(String template, String problem) {
        TemplateException exception =
                catchThrowableOfType(TemplateException.class, () -> new TemplateCompiler().compile(template));

        assertThat(exception.describe()).isEqualTo(problem);
    }

    @Test
    void namesTheTestsThereAre() {
        assertThatThrownBy(() -> new TemplateCompiler().compile("{% if a is divisibleby(3) %}{% endif %}"))
                .hasMessage("unknown test 'divisibleby'; known are boolean, defined, false, iterable, mapping, none,"
                        + " number, sequence, string, true, undefined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ a + }}",
                "{{ a == }}",
                "{{ == a }}",
                "{{ a and }}",
                "{{ a[ }}",
                "{{ a. }}",
                "{{ a | join(, ) }}",
                "{{ a if }}",
                "{{ not }}",
                "{% set x = %}",
                "{% for x in %}{% endfor %}",
                "{% %}",
                "{{ {1: } }}",
                "{{ 99999999999999999999 }}"
            })
    void refusesWhatIsNoTemplateWhenItIsCompiled(String template) {
        assertThatThrownBy(() -> new TemplateCompiler().compile(template)).isInstanceOf(TemplateException.class);
    }

    @Test
    void tellsWhyATemplateCannotBeRenderedWhateverRendersIt() {
        String template = "a\n{{ user_input | indent('x') }}";
        Map<String, Object> variables = Map.of("user_input", "text");

        assertThatThrownBy(() -> new TemplateCompiler().compile(template).render(variables))
                .hasMessage("argument 'n_spaces' of filter 'indent' must be a whole number");
        assertThatThrownBy(() -> new TemplateCompiler()
                        .compile("{% set x = 1 %}" + template)
                        .render(variables))
                .hasMessage("argument 'n_spaces' of filter 'indent' must be a whole number");
        assertThatThrownBy(() ->
                        new TemplateCompiler().compile("{{ range(10001) }}").render(variables))
                .hasMessage("range gives more than 10000 numbers");
        assertThatThrownBy(() ->
                        new TemplateCompiler().compile("\n{{ user_input - 1 }}").render(variables))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        e -> assertThat(e.describe())
                                .startsWith("line 2 of the template: an expression cannot be evaluated"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ user_input | indent('x') }}",
                "{{ user_input | user_assistant_sequence }}",
                "{{ history | to_messages }}",
                "{{ user_input | replace('', 'x') }}",
                "{{ user_input | to_chat_messages }}",
                "{{ number | join }}",
                "{{ history | user_assistant_sequence }}"
            })
    void failsToRenderWhatDoesNotFitWhateverRendersIt(String template) {
        Map<String, Object> variables =
                Map.of("user_input", "hunter2", "number", 4711, "history", java.util.List.of("not a message"));

        for (PromptTemplate compiled : new PromptTemplate[] {
            new TemplateCompiler().compile(template), new TemplateCompiler().compile(template + "{% set x = 1 %}")
        }) {
            assertThatThrownBy(() -> compiled.render(variables))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageNotContaining("4711");
        }
    }
}
