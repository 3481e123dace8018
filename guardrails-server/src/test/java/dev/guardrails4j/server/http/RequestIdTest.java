package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @Test
    void takesTheCallersId() {
        assertThat(RequestId.sane("a-1:b/{c}")).isEqualTo("a-1:b/{c}");
        assertThat(RequestId.sane("x".repeat(128))).isEqualTo("x".repeat(128));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "a\nb", "pr\u00fcfe", "\u001b[31m"})
    void makesAnIdWhereTheCallersCouldNotStandInALog(String sent) {
        assertThat(RequestId.sane(sent)).matches("req_[0-9a-f-]{36}");
    }

    @Test
    void makesAnIdWhereTheCallersIsTooLong() {
        assertThat(RequestId.sane("x".repeat(129))).hasSize(40);
    }
}
