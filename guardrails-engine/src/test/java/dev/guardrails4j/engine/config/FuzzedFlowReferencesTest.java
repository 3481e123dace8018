package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.testkit.Fuzzer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mentions of rails that are made up by chance. */
@DisplayName("Issue 7: no reference to a flow makes its reader fail")
class FuzzedFlowReferencesTest {

    private static final List<String> PARTS = List.of(
            "self check",
            "input",
            "$model=",
            "$",
            "=",
            "a",
            "_b1",
            "\"two words\"",
            "'x'",
            "\"",
            "'",
            "\\",
            "(",
            ")",
            ",",
            "{",
            "}",
            "$a=1",
            "$a=\"\"",
            "(a=1)",
            "(a=1, $b='x')");

    @Test
    void everyOneIsReadOrRefused() {
        Fuzzer.check(5_000, random -> random.textOf(PARTS, 12), written -> {
            FlowReference reference;
            try {
                reference = FlowReferenceParser.parse(written);
            } catch (RailConfigurationException refused) {
                assertThat(refused).hasMessageMatching("(?s).{10,}");
                return;
            }
            assertThat(reference.name()).isNotBlank();
            assertThat(written).contains(reference.name());
            assertThat(reference.parameters()).allSatisfy((key, value) -> {
                assertThat(key).matches("[A-Za-z_][A-Za-z0-9_]*");
                assertThat(value).isNotBlank();
            });
            assertThat(FlowReferenceParser.parse(written)).isEqualTo(reference);
        });
    }
}
