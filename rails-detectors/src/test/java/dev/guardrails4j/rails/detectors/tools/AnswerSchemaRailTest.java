package dev.guardrails4j.rails.detectors.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("json schema check output")
class AnswerSchemaRailTest {

    private static final String SCHEMA =
            "{\"type\": \"object\", \"required\": [\"city\"], \"properties\": {\"city\": {\"type\": \"string\"}}}";

    @Test
    void letsPassWhatFits() throws Exception {
        assertThat(rail(SCHEMA).check(Stage.OUTPUT, "{\"city\": \"Oslo\"}")).isEqualTo(Verdict.allow());
    }

    @Test
    void blocksWhatDoesNotFitAndTellsWhereWithoutWhatStandsThere() throws Exception {
        Verdict verdict = rail(SCHEMA).check(Stage.OUTPUT, "{\"city\": 4711}");

        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(verdict.evidence().get("problem").toString())
                .contains("$.city")
                .doesNotContain("4711");
    }

    @Test
    void blocksWhatIsNotJson() throws Exception {
        assertThat(rail(SCHEMA).check(Stage.OUTPUT, "Here you are: {}"))
                .isEqualTo(Verdict.block("is not JSON, or too large"));
    }

    @Test
    void refusesASchemaThatIsNone() {
        assertThatThrownBy(() -> rail("city: string").configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("json_schema_check.output.schema: is not JSON");
        assertThatThrownBy(
                        () -> rail("{\"$ref\": \"https://example.com/schema\"}").configure(Stage.OUTPUT))
                .hasMessageContaining("refers to another document");
        assertThatThrownBy(() -> RailHarness.of(new AnswerSchemaRail()).configure(Stage.OUTPUT))
                .hasMessageContaining("json_schema_check.output.schema: is missing");
    }

    private static RailHarness rail(String schema) {
        return RailHarness.of(new AnswerSchemaRail())
                .settings("json_schema_check", Map.of("output", Map.of("schema", schema)));
    }
}
