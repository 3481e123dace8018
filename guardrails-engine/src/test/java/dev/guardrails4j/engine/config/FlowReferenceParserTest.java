package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Flow references, contract \"config and rails\" 1.8")
class FlowReferenceParserTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', nullValues = "-", textBlock = """
                    self check input                            | self check input  | -
                    `  self check input  `                      | self check input  | -
                    content safety $model=content_safety        | content safety    | model=content_safety
                    self check $variant="very strict" $x=1      | self check        | variant=very strict;x=1
                    self check $variant='it "is"'               | self check        | variant=it "is"
                    self check $variant=a" b "c                 | self check        | variant=a b c
                    self check $variant="a\\"b\\\\c\\d"         | self check        | variant=a"b\\c\\d
                    self check $variant=a\\ b                   | self check        | variant=a b
                    self check $v=a=b                           | self check        | v=a=b
                    check(model=x)                              | check             | model=x
                    check(model=x, $v2="a, b)")                 | check             | model=x;v2=a, b)
                    check( model=x,v=y )                        | check             | model=x;v=y
                    check()                                     | check             | -
                    """)
    void readsNameAndParameters(String text, String name, String parameters) {
        FlowReference reference = FlowReferenceParser.parse(text);

        assertThat(reference.text()).isEqualTo(text.strip());
        assertThat(reference.name()).isEqualTo(name);
        assertThat(written(reference.parameters())).isEqualTo(parameters == null ? "" : parameters);
    }

    private static String written(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(";"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    ``                      | names no rail; write its name first, then its parameters
                    $model=x                | names no rail; write its name first, then its parameters
                    (model=x)               | names no rail; write its name first, then its parameters
                    check $model            | flow 'check $model' has the parameter 'model' without a value; write $model=value
                    check $model =x         | flow 'check $model =x' has the parameter 'model' without a value; write $model=value
                    check $model=           | flow 'check $model=' has the parameter 'model' with an empty value; write $model=value
                    check $model=""         | flow 'check $model=""' has the parameter 'model' with an empty value; write $model=value
                    check $a=1 $a=2         | flow 'check $a=1 $a=2' has the parameter 'a' twice
                    check $=1               | flow 'check $=1' has a parameter without a name; write $name=value, without blanks around the sign
                    check $1a=1             | flow 'check $1a=1' has a parameter without a name; write $name=value, without blanks around the sign
                    check $a=1 b            | flow 'check $a=1 b' has text after its parameters that is none; write each as $name=value
                    check $a="1             | flow 'check $a="1' has a quotation mark that is not closed
                    check $a='1             | flow 'check $a='1' has a quotation mark that is not closed
                    check $a=1\\            | flow 'check $a=1\\' ends with a backslash that escapes nothing
                    check(                  | flow 'check(' misses the closing parenthesis of its parameters
                    check(a=1               | flow 'check(a=1' misses a comma or a closing parenthesis in its parameters
                    check(a=1,              | flow 'check(a=1,' misses the closing parenthesis of its parameters
                    check(a=1,)             | flow 'check(a=1,)' has a parameter without a name; write $name=value, without blanks around the sign
                    check(a=1 b=2)          | flow 'check(a=1 b=2)' misses a comma or a closing parenthesis in its parameters
                    check(a=)               | flow 'check(a=)' has the parameter 'a' with an empty value; write $a=value
                    check(a=1, a=2)         | flow 'check(a=1, a=2)' has the parameter 'a' twice
                    check(a=1) b            | flow 'check(a=1) b' has text after the closing parenthesis of its parameters
                    """)
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> FlowReferenceParser.parse(text))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check\nthat", "check $a=\u001b[31m"})
    void takesOneLineOnly(String text) {
        assertThatThrownBy(() -> FlowReferenceParser.parse(text)).hasMessage("is not one line of text");
    }
}
