package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderTextTest {

    @Test
    void keepsWhatAHeaderMayHoldAndEncodesTheRest() {
        assertThat(HeaderText.of("content safety check input $model=x"))
                .isEqualTo("content safety check input $model=x");
        assertThat(HeaderText.of("pr\u00fcfe\r\nX: 1 100%")).isEqualTo("pr%C3%BCfe%0D%0AX: 1 100%25");
    }
}
