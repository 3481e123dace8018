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
                        "tool safety check input");
    }
}
