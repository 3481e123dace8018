package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contract "chat server" 4.8. */
class MainModelOverrideTest {

    @Test
    void leavesEverythingAsItIsWhenNothingIsSet() {
        MainModelOverride override = override(Map.of("MAIN_MODEL_ENGINE", " ", "MAIN_MODEL_BASE_URL", ""));

        assertThat(override.engine("main", "nim")).isEqualTo("nim");
        assertThat(override.baseUrl("main")).isEmpty();
    }

    @Test
    void replacesTheEngineOfTheMainModel() {
        MainModelOverride override = override(Map.of("MAIN_MODEL_ENGINE", "ollama"));

        assertThat(override.engine("main", "demo")).isEqualTo("ollama");
        assertThat(override.engine("content_safety", "nim")).isEqualTo("nim");
    }

    @Test
    void asksABaseUrlThroughOpenAiWhereTheEngineHasNoUseForOne() {
        MainModelOverride override = override(Map.of("MAIN_MODEL_BASE_URL", "http://h"));

        assertThat(override.engine("main", "demo")).isEqualTo("openai");
        assertThat(override.engine("main", "nim")).isEqualTo("nim");
        assertThat(override.engine("other", "demo")).isEqualTo("demo");
        assertThat(override.baseUrl("main")).contains("http://h");
        assertThat(override.baseUrl("other")).isEmpty();
    }

    private static MainModelOverride override(Map<String, String> environment) {
        return new MainModelOverride(name -> Optional.ofNullable(environment.get(name)));
    }
}
