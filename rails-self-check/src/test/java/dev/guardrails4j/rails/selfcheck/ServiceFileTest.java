package dev.guardrails4j.rails.selfcheck;

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
                        "self check input", "self check output", "self check facts", "self check hallucination");
    }
}
