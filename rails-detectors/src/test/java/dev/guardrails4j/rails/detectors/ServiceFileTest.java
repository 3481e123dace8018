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
                        "regex check tool output",
                        "regex check tool input",
                        "regex redact input",
                        "regex redact output",
                        "regex redact retrieval",
                        "regex redact tool output",
                        "regex redact tool input",
                        "detect sensitive data on input",
                        "detect sensitive data on output",
                        "detect sensitive data on retrieval",
                        "mask sensitive data on input",
                        "mask sensitive data on output",
                        "mask sensitive data on retrieval",
                        "detect secrets on input",
                        "detect secrets on output",
                        "detect secrets on retrieval",
                        "mask secrets on input",
                        "mask secrets on output",
                        "mask secrets on retrieval",
                        "context bloat detection on input",
                        "context bloat detection on retrieval",
                        "json schema check output",
                        "keyword check",
                        "language check",
                        "length check",
                        "tool call validation",
                        "tool result validation",
                        "injection detection",
                        "prompt injection check input",
                        "prompt injection check retrieval",
                        "prompt injection check tool_input",
                        "url check");
    }
}
