package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HalfTest {

    /** Their SHA-256 begin with ba and 2c. */
    private static final String EVEN = "abc";

    private static final String ODD = "The quick brown fox jumps over the lazy dog";

    @Test
    void splitsByTheFirstByteOfTheDigest() {
        assertThat(Half.WORK.has(EVEN)).isTrue();
        assertThat(Half.REPORT.has(EVEN)).isFalse();
        assertThat(Half.REPORT.has(ODD)).isTrue();
        assertThat(Half.WORK.has(ODD)).isFalse();
        assertThat(Half.ALL.has(EVEN) && Half.ALL.has(ODD)).isTrue();
    }

    @Test
    void refusesAHalfThatThereIsNot() {
        assertThat(Half.parse("report")).isEqualTo(Half.REPORT);
        assertThatThrownBy(() -> Half.parse("Report")).hasMessageContaining("all, work or report");
    }
}
