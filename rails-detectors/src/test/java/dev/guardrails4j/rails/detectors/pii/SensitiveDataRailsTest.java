package dev.guardrails4j.rails.detectors.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("detect and mask sensitive data, contract config-and-rails 1.4 and 4.7")
class SensitiveDataRailsTest {

    private static final Map<String, Object> EMAIL = Map.of("entities", List.of("EMAIL_ADDRESS"));

    @Test
    void blocksWhatHoldsAnEntityOfTheStage() throws Exception {
        RailHarness harness = detect(Map.of("input", EMAIL, "output", Map.of("entities", List.of("URL"))));

        assertThat(harness.check(Stage.INPUT, "I am a@example.com and b@example.com"))
                .isEqualTo(Verdict.block("holds sensitive data").with("entities", Map.of("EMAIL_ADDRESS", 2)));
        assertThat(harness.check(Stage.INPUT, "see https://example.com")).isEqualTo(Verdict.allow());
    }

    @Test
    void tellsABlockAsTheReferenceDoes() {
        assertThat(new SensitiveDataRails.DetectOnOutput().refusal()).isEqualTo(Refusal.answerUnknown());
    }

    @Test
    void masksWithTheNameOfTheEntityWhateverTheMaskTokenSays() throws Exception {
        Map<String, Object> input =
                Map.of("entities", List.of("EMAIL_ADDRESS", "PHONE_NUMBER"), "mask_token", "*", "score_threshold", 0.4);

        assertThat(mask(Map.of("input", input)).check(Stage.INPUT, "a@example.com or +49 30 901820!"))
                .isEqualTo(Verdict.rewrite("<EMAIL_ADDRESS> or <PHONE_NUMBER>!")
                        .with("entities", Map.of("EMAIL_ADDRESS", 1, "PHONE_NUMBER", 1)));
    }

    @Test
    void masksReversiblyWithPlaceholdersThatNobodyCanGuess() throws Exception {
        RailHarness harness = mask(Map.of("input", Map.of("entities", List.of("EMAIL_ADDRESS"), "reversible", true)));

        Verdict.Rewrite first =
                (Verdict.Rewrite) harness.check(Stage.INPUT, "a@example.com, b@example.com, a@example.com");
        Verdict.Rewrite second = (Verdict.Rewrite) harness.check(Stage.INPUT, "a@example.com");

        assertThat(first.text()).matches("(<EMAIL_ADDRESS_[a-z2-9]{12}>), <EMAIL_ADDRESS_[a-z2-9]{12}>, \\1");
        assertThat(first.originals().values()).containsExactlyInAnyOrder("a@example.com", "b@example.com");
        assertThat(first.originals()).doesNotContainKey(second.text());
        assertThat(first.toString()).doesNotContain("example.com");
    }

    @Test
    void refusesToRestoreWhatIsMaskedInTheAnswer() {
        assertThatThrownBy(
                        () -> mask(Map.of("output", Map.of("reversible", true))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("output.reversible: is for input and retrieval");
    }

    @Test
    void allowsEverythingWithoutEntities() throws Exception {
        assertThat(detect(Map.of()).check(Stage.INPUT, "a@example.com")).isEqualTo(Verdict.allow());
        assertThat(mask(Map.of("input", Map.of("entities", List.of()))).check(Stage.INPUT, "a@example.com"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void findsOnlyWhatIsSureEnough() throws Exception {
        Map<String, Object> ssn = Map.of("entities", List.of("US_SSN"), "score_threshold", 0.8);

        assertThat(mask(Map.of("input", ssn)).check(Stage.INPUT, "number 536-90-4399"))
                .isEqualTo(Verdict.allow());
        assertThat(mask(Map.of("input", ssn)).check(Stage.INPUT, "SSN 536-90-4399"))
                .isInstanceOf(Verdict.Rewrite.class);
    }

    @Test
    void leavesAloneWhatIsAllowed() throws Exception {
        Map<String, Object> input =
                Map.of("entities", List.of("EMAIL_ADDRESS"), "allow_list", List.of("Help@example.com"));

        assertThat(mask(Map.of("input", input)).check(Stage.INPUT, "help@example.com, a@example.com"))
                .isEqualTo(Verdict.rewrite("help@example.com, <EMAIL_ADDRESS>")
                        .with("entities", Map.of("EMAIL_ADDRESS", 1)));
    }

    @Test
    void findsWhatRecognisersOfTheConfigurationDescribe() throws Exception {
        Map<String, Object> recognizer = Map.of(
                "name",
                "staff",
                "supported_language",
                "en",
                "supported_entity",
                "EMPLOYEE_ID",
                "patterns",
                List.of(Map.of("name", "id", "regex", "\\be-\\d{4}\\b", "score", 0.1)),
                "context",
                List.of("employee"),
                "deny_list",
                List.of("The Boss"));
        Map<String, Object> section =
                Map.of("recognizers", List.of(recognizer), "input", Map.of("entities", List.of("EMPLOYEE_ID")));

        assertThat(mask(section).check(Stage.INPUT, "employee E-1234 and the boss"))
                .isEqualTo(Verdict.rewrite("employee <EMPLOYEE_ID> and <EMPLOYEE_ID>")
                        .with("entities", Map.of("EMPLOYEE_ID", 2)));
        assertThat(mask(section).check(Stage.INPUT, "part E-1234")).isEqualTo(Verdict.allow());
    }

    @Test
    void addsRecognisersToThoseOfAKnownEntity() throws Exception {
        Map<String, Object> recognizer = Map.of("supported_entity", "EMAIL_ADDRESS", "deny_list", List.of("root"));
        Map<String, Object> section = Map.of("recognizers", List.of(recognizer), "input", EMAIL);

        assertThat(mask(section).check(Stage.INPUT, "root, a@example.com"))
                .isEqualTo(Verdict.rewrite("<EMAIL_ADDRESS>, <EMAIL_ADDRESS>")
                        .with("entities", Map.of("EMAIL_ADDRESS", 2)));
    }

    @Test
    void looksAtOutputAndRetrieval() throws Exception {
        Map<String, Object> section = Map.of("output", EMAIL, "retrieval", EMAIL);

        assertThat(RailHarness.of(new SensitiveDataRails.MaskOnOutput())
                        .settings("sensitive_data_detection", section)
                        .check(Stage.OUTPUT, "a@example.com"))
                .isInstanceOf(Verdict.Rewrite.class);
        assertThat(RailHarness.of(new SensitiveDataRails.DetectOnRetrieval())
                        .settings("sensitive_data_detection", section)
                        .check(Stage.RETRIEVAL, "a@example.com"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void saysWhatAnUnknownEntityShouldBe() {
        assertThatThrownBy(() -> mask(Map.of("input", Map.of("entities", List.of("EMAIL"))))
                        .configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("rails.config.sensitive_data_detection.input.entities: unknown entity 'EMAIL', and no"
                        + " recognizer finds it; did you mean EMAIL_ADDRESS?");
        assertThatThrownBy(() -> mask(Map.of("input", Map.of("entities", List.of("SOUL"))))
                        .configure(Stage.INPUT))
                .hasMessageContaining("known are ABA_ROUTING_NUMBER, ");
    }

    @Test
    void refusesRecognisersThatCanNotBeUsed() {
        assertRefused(Map.of("supported_entity", "X"), "patterns: is missing");
        assertRefused(Map.of("supported_entity", "not a name", "deny_list", List.of("x")), "capital letters");
        assertRefused(Map.of("supported_entity", "X", "deny_list", List.of(" ")), "deny_list");
        assertRefused(Map.of("supported_entity", "X", "patterns", List.of(Map.of("regex", "("))), "missing closing )");
        assertRefused(
                Map.of("supported_entity", "X", "patterns", List.of(Map.of("regex", "x", "score", 2))), "from 0 to 1");
    }

    @Test
    void refusesRegionsWithoutPhones() {
        assertThatThrownBy(() -> mask(Map.of("phone_regions", List.of("UK"))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("unknown region 'UK'");
    }

    private static void assertRefused(Map<String, Object> recognizer, String message) {
        assertThatThrownBy(
                        () -> mask(Map.of("recognizers", List.of(recognizer))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining(message);
    }

    private static RailHarness detect(Map<String, Object> section) {
        return RailHarness.of(new SensitiveDataRails.DetectOnInput()).settings("sensitive_data_detection", section);
    }

    private static RailHarness mask(Map<String, Object> section) {
        return RailHarness.of(new SensitiveDataRails.MaskOnInput()).settings("sensitive_data_detection", section);
    }
}
