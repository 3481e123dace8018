package dev.guardrails4j.rails.contentsafety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Rail;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServiceFileTest {

    @Test
    void listsEveryRail() {
        assertThat(ServiceLoader.load(Rail.class))
                .extracting(Rail::name)
                .containsExactlyInAnyOrder(
                        "content safety check input",
                        "content safety check output",
                        "llama guard check input",
                        "llama guard check output",
                        "topic safety check input",
                        "tool safety check output",
                        "tool safety check input",
                        "jailbreak detection heuristics",
                        "jailbreak detection model",
                        "alignscore check facts",
                        "patronus lynx check output hallucination",
                        "hf classifier check input",
                        "hf classifier check output",
                        "hf classifier check retrieval",
                        "gliner detect pii on input",
                        "gliner detect pii on output",
                        "gliner detect pii on retrieval",
                        "gliner mask pii on input",
                        "gliner mask pii on output",
                        "gliner mask pii on retrieval");
    }
}
