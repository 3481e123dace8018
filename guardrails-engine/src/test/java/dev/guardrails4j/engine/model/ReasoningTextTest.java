package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract "config and rails" 2.10. */
class ReasoningTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            'answer'                                 | ''        | 'answer'
            ' answer '                               | ''        | ' answer '
            ''                                       | ''        | ''
            '<think>hm</think>answer'                | 'hm'      | 'answer'
            '  <think> hm </think>  answer '         | 'hm'      | 'answer '
            '<think></think>answer'                  | ''        | 'answer'
            '<think>hm</think>'                      | 'hm'      | ''
            '<think>hm'                              | 'hm'      | ''
            '<think>'                                | ''        | ''
            'see <think>this</think>'                | ''        | 'see <think>this</think>'
            'answer</think>'                         | ''        | 'answer</think>'
            '<think>a</think>b<think>c</think>'      | 'a'       | 'b<think>c</think>'
            """)
    void separatesReasoningFromTheAnswer(String answer, String reasoning, String text) {
        assertThat(ReasoningText.of(answer)).isEqualTo(new ReasoningText(reasoning, text));
    }
}
