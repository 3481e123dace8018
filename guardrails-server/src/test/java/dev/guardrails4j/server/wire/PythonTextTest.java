package dev.guardrails4j.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonTextTest {

    @Test
    void spellsListsAsPythonDoes() {
        assertThat(PythonText.list(List.of())).isEqualTo("[]");
        assertThat(PythonText.list(List.of("a", "b c"))).isEqualTo("['a', 'b c']");
        assertThat(PythonText.list(List.of("it's", "say \"x\"", "it's \"x\"")))
                .isEqualTo("[\"it's\", 'say \"x\"', 'it\\'s \"x\"']");
        assertThat(PythonText.list(List.of("a\\b", "a\nb\r\t", "\u0000\u007f\u00a0\u2028\uD83D\uDE00\u00fc")))
                .isEqualTo("['a\\\\b', 'a\\nb\\r\\t', '\\x00\\x7f\\xa0\\u2028\uD83D\uDE00\u00fc']");
        assertThat(PythonText.list(List.of("\uDBFF\uDFFF"))).isEqualTo("['\\U0010ffff']");
    }
}
