package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

    @Test
    void readsNamesInAnyCase() {
        assertThat(ForwardedHeaders.parse(List.of("X-Tenant-Id", " x-team ")).names())
                .containsExactlyInAnyOrder("x-tenant-id", "x-team");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "api-key",
                "Host",
                "",
                "X-",
                "X-A B",
                "*",
                "X-*",
                "X-Model-Authorization",
                "X-Request-Timeout",
                "X-Forwarded-For"
            })
    void refusesWhatIsNotTheCallersToSay(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForwardedHeaders.parse(List.of(name)))
                .withMessageContaining("X-Tenant-Id");
    }
}
