package dev.guardrails4j.rails.detectors;

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
                        "regex check input",
                        "regex check output",
                        "regex check retrieval",
                        "tool call validation",
                        "tool result validation");
    }
}
