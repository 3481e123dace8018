package dev.guardrails4j.rails.detectors.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("detect and mask secrets")
class SecretRailsTest {

    private static final String KEY = "gl" + "pat-q7Zk3Xv9Lm2Np8Rt5Wy1";
    private static final String SECTION = "secrets_detection";

    @Test
    void blocksEverySecretWithoutAnySettings() throws Exception {
        assertThat(RailHarness.of(new SecretRails.DetectOnInput()).check(Stage.INPUT, "use " + KEY))
                .isEqualTo(Verdict.block("holds secrets").with("secrets", Map.of("GITLAB_TOKEN", 1)));
        assertThat(RailHarness.of(new SecretRails.DetectOnInput()).check(Stage.INPUT, "use it"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void masksWithTheKindOfTheSecret() throws Exception {
        assertThat(RailHarness.of(new SecretRails.MaskOnOutput()).check(Stage.OUTPUT, "use " + KEY + "!"))
                .isEqualTo(Verdict.rewrite("use <GITLAB_TOKEN>!").with("secrets", Map.of("GITLAB_TOKEN", 1)));
    }

    @Test
    void heedsWhatIsSaidForAllStagesAndForOne() throws Exception {
        Map<String, Object> section = Map.of(
                "ignore", List.of("ASSIGNED_SECRET"),
                "input", Map.of("types", List.of("GITHUB_TOKEN", "ASSIGNED_SECRET")),
                "retrieval", Map.of("allow_list", List.of(KEY)));

        assertThat(detect(section, new SecretRails.DetectOnInput(), Stage.INPUT))
                .isEqualTo(Verdict.allow());
        assertThat(detect(section, new SecretRails.DetectOnRetrieval(), Stage.RETRIEVAL))
                .isEqualTo(Verdict.allow());
        assertThat(detect(section, new SecretRails.DetectOnOutput(), Stage.OUTPUT))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void refusesKindsThatItDoesNotKnow() {
        assertThatThrownBy(() -> detect(
                        Map.of("output", Map.of("types", List.of("GITHUB"))),
                        new SecretRails.DetectOnInput(),
                        Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageStartingWith(
                        "rails.config.secrets_detection.output.types: unknown secret 'GITHUB'; known are AGE_KEY, ");
    }

    private static Verdict detect(Map<String, Object> section, Rail rail, Stage stage) throws Exception {
        return RailHarness.of(rail).settings(SECTION, section).check(stage, "use " + KEY);
    }
}
